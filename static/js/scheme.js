// Light or dark, as the reader has chosen, before anything is painted: this is the one script that
// the page waits for. The choice stays in this browser; no request tells of it.
"use strict";

{
  const KEY = "chancery-scheme";
  const root = document.documentElement;

  // Where the browser keeps nothing, the choice holds for this page.
  const careful = (action) => {
    try {
      return action();
    } catch {
      return null;
    }
  };
  const show = (scheme) => {
    root.dataset.scheme = ["light", "dark"].includes(scheme) ? scheme : "system";
    const field = document.getElementById("scheme");
    if (field) field.value = root.dataset.scheme;
  };
  const showKept = () => show(careful(() => localStorage.getItem(KEY)) ?? root.dataset.scheme);

  showKept();
  document.addEventListener("DOMContentLoaded", () => show(root.dataset.scheme));
  // A page that comes back, and one in another window, follow the choice made meanwhile.
  addEventListener("pageshow", ({ persisted }) => persisted && showKept());
  addEventListener("storage", ({ key }) => key === KEY && showKept());
  document.addEventListener("change", ({ target }) => {
    if (target.id !== "scheme") return;
    show(target.value);
    careful(() => localStorage.setItem(KEY, target.value));
  });
}
