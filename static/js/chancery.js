// What the pages do better with a script; each of them works without.
"use strict";

const wide = matchMedia("(width >= 64rem)");
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

// Escape closes it too, and goes back to the line that opened it.
document.addEventListener("keydown", (event) => {
  const panel = event.target.closest?.(".filters-more");
  if (event.key !== "Escape" || wide.matches || !panel?.open) return;
  panel.open = false;
  panel.querySelector("summary").focus();
});

document.addEventListener("htmx:after:swap", (event) => {
  // Suggestions come while a form is being filled in: nothing of it is settled yet.
  if (event.target.matches?.("[data-suggestions]")) return;
  // The morph writes attributes; a box that was clicked keeps its own state until it is told.
  document.querySelectorAll(".filters input[type=checkbox]").forEach((box) => (box.checked = box.defaultChecked));
  document.querySelectorAll(".filters option").forEach((option) => (option.selected = option.defaultSelected));
  // A chip that was taken away takes the focus with it: hand it to the number of results.
  if (document.activeElement !== document.body) return;
  const count = document.getElementById("count");
  count?.setAttribute("tabindex", "-1");
  count?.focus({ preventScroll: true });
});

// Looking through a facet is no change of the filters that stand around it.
document.addEventListener("change", (event) => {
  if (event.target.closest?.(".facet-find")) event.stopPropagation();
}, true);

// A button that copies the text field it names; without a script the text is selected by hand.
const showCopyButtons = () => document.querySelectorAll(".copy").forEach((button) => (button.hidden = false));
showCopyButtons();
document.addEventListener("htmx:after:swap", showCopyButtons);
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
  button.nextElementSibling.textContent = done ? "Copied" : "Selected: copy it with Ctrl+C";
});
