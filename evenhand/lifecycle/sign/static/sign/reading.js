// Counts down the seconds the cost table is to be read; the server counts for itself.
(function () {
  "use strict";
  var box = document.querySelector("[data-reading]");
  if (!box) { return; }
  var button = box.querySelector("button");
  var told = box.querySelector("[data-left]");
  var left = parseInt(box.getAttribute("data-reading"), 10);
  var words = box.getAttribute("data-words");
  function tick() {
    if (left <= 0) {
      button.disabled = false;
      told.textContent = "";
      return;
    }
    button.disabled = true;
    told.textContent = words.replace("0", String(left));
    left -= 1;
    setTimeout(tick, 1000);
  }
  tick();
}());
