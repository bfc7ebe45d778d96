// The grid of corrections: Enter goes down a row, and what is typed for all rows is ticked by itself.
"use strict";

{
  const form = document.getElementById("grid_form");

  // The same field of the next row, or of the one before.
  const beside = (field, step) => {
    const row = field.closest("tbody tr");
    const cell = field.closest("th, td");
    const other = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    const place = [...row.cells].indexOf(cell);
    return other?.cells[place].querySelector("input:not([type=hidden]), select, textarea");
  };

  // After the pickers, which take Enter while their list is open.
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
    if (!field.matches?.("#grid_form tbody :is(input, select)")) return;
    event.preventDefault();
    const next = beside(field, event.shiftKey ? -1 : 1);
    next?.focus();
    next?.select?.();
  });

  form.addEventListener("input", ({ target }) => {
    const fill = target.closest("[data-fill]");
    if (fill && target.type !== "checkbox") fill.querySelector("[type=checkbox]").checked = true;
  });

  form.querySelectorAll("[data-scripted]").forEach((one) => (one.hidden = false));
  document.querySelector(".problems")?.focus();
}
