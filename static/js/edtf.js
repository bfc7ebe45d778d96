// Shows under a date field of the admin how its text is understood, while it is typed.
// Fields of inlines are added later, so the page listens, not each field.
"use strict";

{
  const PAUSE = 300; // milliseconds without a key
  const timers = new WeakMap();

  const explain = async (box, input) => {
    const address = new URL(box.dataset.edtf, window.location.origin);
    address.searchParams.set("text", input.value);
    let answer;
    try {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      answer = await response.json();
    } catch {
      return; // signed out or offline: saving will say
    }
    // An answer that comes late is about a text that is no longer there.
    if (answer.text === input.value) {
      box.querySelector(".edtf-understood").textContent = answer.understood;
    }
  };

  document.addEventListener("input", (event) => {
    const box = event.target.closest("[data-edtf]");
    if (!box) return;
    clearTimeout(timers.get(box));
    timers.set(box, setTimeout(explain, PAUSE, box, event.target));
  });
}
