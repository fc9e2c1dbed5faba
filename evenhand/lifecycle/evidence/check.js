/* Proves the pack in this page again, without a network: links, texts, documents. */
(function () {
  "use strict";
  var K = [], H0 = [], n = 2;
  function part(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
  function isPrime(x) { for (var d = 2; d * d <= x; d++) { if (x % d === 0) { return false; } } return true; }
  for (; K.length < 64; n++) {
    if (isPrime(n)) {
      if (H0.length < 8) { H0.push(part(Math.pow(n, 1 / 2))); }
      K.push(part(Math.pow(n, 1 / 3)));
    }
  }
  function rotate(x, by) { return (x >>> by) | (x << (32 - by)); }
  function sha256(bytes) {
    var length = bytes.length, size = (((length + 8) >> 6) + 1) << 6;
    var block = new Uint8Array(size), view = new DataView(block.buffer), h = H0.slice(), w = new Int32Array(64);
    block.set(bytes); block[length] = 128;
    view.setUint32(size - 8, Math.floor(length / 536870912)); view.setUint32(size - 4, (length << 3) >>> 0);
    for (var at = 0; at < size; at += 64) {
      for (var i = 0; i < 64; i++) {
        if (i < 16) { w[i] = view.getInt32(at + 4 * i); continue; }
        var s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        var s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      var v = h.slice();
      for (i = 0; i < 64; i++) {
        var e = v[4], a = v[0];
        var t1 = (v[7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & v[5]) ^ (~e & v[6])) + K[i] + w[i]) | 0;
        var t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]))) | 0;
        v = [(t1 + t2) | 0, v[0], v[1], v[2], (v[3] + t1) | 0, v[4], v[5], v[6]];
      }
      for (i = 0; i < 8; i++) { h[i] = (h[i] + v[i]) | 0; }
    }
    var digest = new Uint8Array(32), out = new DataView(digest.buffer);
    for (i = 0; i < 8; i++) { out.setInt32(4 * i, h[i]); }
    return digest;
  }
  function utf8(text) { return new TextEncoder().encode(text); }
  function joined(a, b) { var all = new Uint8Array(a.length + b.length); all.set(a); all.set(b, a.length); return all; }
  function hex(bytes) { return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join(""); }
  function unhex(text) { return new Uint8Array((text.match(/../g) || []).map(function (b) { return parseInt(b, 16); })); }
  function unbase64(text) { return Uint8Array.from(atob(text), function (c) { return c.charCodeAt(0); }); }
  function canonical(value) {
    if (Array.isArray(value)) { return "[" + value.map(canonical).join(",") + "]"; }
    if (value && typeof value === "object") {
      return "{" + Object.keys(value).sort().map(function (k) { return JSON.stringify(k) + ":" + canonical(value[k]); }).join(",") + "}";
    }
    return JSON.stringify(value);
  }
  function faults(pack) {
    var wrong = [], texts = {}, named = {}, stream = pack.stream;
    var link = sha256(utf8("evenhand 1 " + stream.borrower));
    stream.facts.forEach(function (fact, at) {
      link = sha256(joined(link, utf8(canonical(fact.slice(0, 10)))));
      if (fact[1] !== at + 1 || hex(link) !== fact[10]) { wrong.push("fact " + (at + 1)); }
      texts[fact[1]] = fact[9].text; named[fact[9].document] = true;
    });
    if (stream.head.seq !== stream.facts.length || stream.head.link !== hex(link)) { wrong.push("head"); }
    pack.texts.forEach(function (text) {
      if (hex(sha256(joined(unhex(text.salt), utf8(text.text)))) !== texts[text.seq]) { wrong.push("text " + text.seq); }
    });
    pack.documents.forEach(function (one) {
      if (hex(sha256(unbase64(one.pdf))) !== one.digest || !named[one.digest]) { wrong.push(one.name + " " + one.loan); }
    });
    return wrong;
  }
  var pack = JSON.parse(document.getElementById("pack").textContent);
  var found = faults(pack), told = document.getElementById(found.length ? "fails" : "holds");
  document.getElementById("unchecked").hidden = true;
  told.hidden = false;
  if (found.length) { told.appendChild(document.createTextNode(" " + found.join(", "))); }
})();
