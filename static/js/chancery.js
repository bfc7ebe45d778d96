// What the pages do better with a script; each of them works without.
"use strict";

const wide = matchMedia("(width >= 56rem)");
const panelOf = (form) => form.querySelector(".filters-more");

// Wide pages show the filters as a column. Where the style sheet cannot open a closed element,
// open it here.
if (!CSS.supports("selector(::details-content)")) {
  const open = () => {
    if (wide.matches) document.querySelectorAll(".filters-more").forEach((panel) => (panel.open = true));
  };
  wide.addEventListener("change", open);
  open();
}

// On the phone, "Apply filters" puts the panel away and leads to what was found.
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".filters") || wide.matches) return;
  panelOf(event.target)?.removeAttribute("open");
  const count = document.getElementById("count");
  count?.setAttribute("tabindex", "-1");
  count?.focus();
});

// Escape closes a menu or the sheet, and goes back to the word that opened it.
const PANELS = "details[name=menu], details[name=tools], .filters-more";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const panel = event.target.closest?.(`:is(${PANELS})[open]`);
  if (!panel?.querySelector("summary").checkVisibility()) return;
  panel.open = false;
  panel.querySelector("summary").focus();
});

// A press elsewhere closes the menu that lies over the list.
document.addEventListener("pointerdown", (event) => {
  if (!wide.matches) return;
  for (const menu of document.querySelectorAll("details:is([name=menu], [name=tools])[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A chip, a button or a link that an answer takes away takes the focus with it: hand it to the
// number of results, or to what was asked for.
const heirOf = (target) => {
  if (target?.matches(".facet-found")) return target;
  if (target?.matches("[role=grid]")) return document.querySelector(`[data-suggestions=${target.id}]`);
  return document.getElementById("count");
};
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (document.activeElement !== document.body) return;
  const heir = heirOf(ctx.target);
  if (heir?.tabIndex === -1) heir.setAttribute("tabindex", "-1");
  heir?.focus({ preventScroll: true });
});

// Looking through a facet is no change of the filters that stand around it, and no search of its
// own: the values follow what is typed.
for (const name of ["change", "search"]) {
  document.addEventListener(name, (event) => {
    if (event.target.closest?.(".facet-find")) event.stopPropagation();
  }, true);
}
document.addEventListener("submit", (event) => {
  if (event.target.id === "facet-find") event.preventDefault();
});

// Buttons that nothing but a script makes work: to copy, to print, and to share where the system
// has a sheet for it.
const showButtons = () => {
  const able = navigator.share ? ".copy, .tool-print, .share-sheet" : ".copy, .tool-print";
  document.querySelectorAll(able).forEach((button) => (button.hidden = false));
};
showButtons();
document.addEventListener("htmx:after:swap", showButtons);
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".tool-print")) print();
  const { title, address: url } = event.target.closest?.(".share-sheet")?.dataset ?? {};
  // Whoever closes the sheet has changed their mind, which is no failure.
  if (url) navigator.share({ title, url }).catch(() => {});
});
// A button that copies the text field it names; without a script the text is selected by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.(".copy");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  let done = false;
  try {
    await navigator.clipboard.writeText(field.value);
    done = true;
  } catch {
    // Plain http, or refused: the text stays selected.
  }
  const told = button.nextElementSibling;
  told.textContent = done ? told.dataset.done : told.dataset.selected;
});
