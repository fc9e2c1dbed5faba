/* While amount or months change, the house is asked what that loan would be, and its answer takes the
   place of the last one. No figure is worked out here. Without this file a button does the same. */
"use strict";
(() => {
  const form = document.querySelector("form[data-quote-from]");
  if (!form || !window.fetch || !window.FormData) return;
  const shown = form.querySelector("[data-quote]");
  form.querySelector("[data-again]").hidden = true;
  let waiting = 0;
  let asked = 0;
  const ask = () => {
    const number = (asked += 1);
    fetch(form.dataset.quoteFrom, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      redirect: "error",
    })
      .then((answer) => {
        if (!answer.ok) throw new Error("no answer");
        return answer.text();
      })
      .then((text) => {
        if (number === asked) shown.innerHTML = text;
      })
      .catch(() => {
        form.querySelector("[data-again]").hidden = false;
      });
  };
  const soon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(ask, 250);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
})();
