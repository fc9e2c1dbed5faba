/* What a browser may add to a borrower's pages. Every page does its work without this file.
   Written for Chromium 69 and in-app browsers: each part is silent where something is missing. */
"use strict";
(() => {
  const body = document.body;
  const KEPT = "evenhand-kept";
  const all = (query) => Array.from(document.querySelectorAll(query));
  const store = (() => {
    try {
      return window.localStorage;
    } catch (refused) {
      return null;
    }
  })();

  /* Quick exit: the page is gone before the house answers. Escape twice does the same. */
  const forget = () => {
    if (store) store.removeItem(KEPT);
  };
  const exit = document.querySelector("[data-leave]");
  const leave = () => {
    forget();
    if (navigator.sendBeacon) {
      navigator.sendBeacon(exit.href);
      body.hidden = true;
      window.location.replace(exit.dataset.leave);
    } else {
      window.location.replace(exit.href);
    }
  };
  if (exit) {
    let escaped = -Infinity;
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (event.timeStamp - escaped < 1500) leave();
      escaped = event.timeStamp;
    });
  }
  all("form[data-forget]").forEach((form) => form.addEventListener("submit", forget));

  /* The same form is not sent twice by a second tap; after a few seconds it may be tried again. */
  all("form").forEach((form) => {
    if (form.method !== "post") return;
    let sent = -Infinity;
    form.addEventListener("submit", (event) => {
      if (event.timeStamp - sent < 4000) event.preventDefault();
      else sent = event.timeStamp;
    });
    window.addEventListener("pageshow", () => {
      sent = -Infinity;
    });
  });

  /* The key facts are read aloud by the device's own voice, where it has one for the language. */
  const voices = window.speechSynthesis;
  const facts = document.querySelector(".key-facts");
  const words = document.querySelector('meta[name="read-aloud"]');
  const lang = document.documentElement.lang;
  const tags = { "zh-hans": ["zh-cn", "zh"], "zh-hant": ["zh-tw", "zh-hk", "zh"], en: ["en"] }[lang] || [lang];
  const voice = () => {
    const known = voices.getVoices();
    const spoken = (each) => each.lang.toLowerCase().replace("_", "-");
    return tags
      .map((tag) => known.find((each) => spoken(each).indexOf(tag) === 0))
      .find((each) => each);
  };
  const offerReading = () => {
    if (!voice() || facts.querySelector(".read-aloud")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second read-aloud";
    button.textContent = words.content;
    const rest = () => {
      button.textContent = words.content;
    };
    button.addEventListener("click", () => {
      if (voices.speaking) {
        voices.cancel();
        rest();
        return;
      }
      const read = facts.cloneNode(true);
      Array.from(read.querySelectorAll("button, .hidden")).forEach((each) => each.remove());
      const lines = Array.from(read.querySelectorAll("h1, h2, p, li, dt, dd, tr"));
      const said = lines.map((each) => each.textContent.trim().replace(/\s+/g, " "));
      const speech = new SpeechSynthesisUtterance((said.length ? said : [read.textContent]).join(". "));
      speech.voice = voice();
      speech.lang = speech.voice.lang;
      speech.rate = 0.9;
      speech.onend = rest;
      voices.speak(speech);
      button.textContent = words.dataset.stop;
    });
    facts.appendChild(button);
  };
  if (facts && words && voices && window.SpeechSynthesisUtterance) {
    offerReading();
    voices.addEventListener("voiceschanged", offerReading);
    window.addEventListener("pagehide", () => voices.cancel());
  }

  /* Without a connection: one page, and on it only what the person chose to keep on this phone. */
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  }
  const renewPage = () => {
    if (!window.caches || !navigator.onLine) return;
    caches.keys().then((names) => names.forEach((name) => {
      caches.open(name).then((kept) => kept.add("/offline/")).catch(() => undefined);
    }));
  };
  const keep = () => fetch("/my/offline.json", { credentials: "same-origin" })
    .then((answer) => {
      if (!answer.ok || answer.redirected) throw new Error("not signed in");
      return answer.text();
    })
    .then((text) => {
      JSON.parse(text);
      store.setItem(KEPT, text);
    });
  if (store && store.getItem(KEPT) && document.querySelector("form[data-forget]") && navigator.onLine) {
    keep().catch(() => undefined);
  }
  if (store && store.getItem("evenhand-lang") !== lang) {
    store.setItem("evenhand-lang", lang);
    renewPage();
  }
  const shelf = document.querySelector("[data-kept]");
  if (shelf && store) {
    const offer = document.querySelector("[data-keep]");
    const show = () => {
      const kept = JSON.parse(store.getItem(KEPT) || "null");
      shelf.hidden = !kept;
      offer.hidden = !!kept || !window.fetch;
      if (!kept) return;
      const lines = shelf.querySelector("[data-kept-lines]");
      lines.textContent = "";
      kept.lines.forEach((line) => {
        lines.appendChild(document.createElement("li")).textContent = line;
      });
      shelf.querySelector("[data-kept-as-of]").textContent = kept.as_of;
    };
    offer.querySelector("[data-keep-now]").addEventListener("click", () => {
      keep().then(show).catch(() => {
        offer.querySelector("[data-keep-failed]").hidden = false;
      });
    });
    shelf.querySelector("[data-forget-now]").addEventListener("click", () => {
      forget();
      show();
    });
    show();
  }
})();
