// The search box as a combobox with a grid of suggestions, which htmx fetches while one types.
// Without this script the box is a plain search box, and the grid stays hidden.
"use strict";

{
  const boxes = () => document.querySelectorAll("[data-suggestions]");
  const gridOf = (box) => document.getElementById(box.dataset.suggestions);
  const rowsOf = (grid) => [...grid.querySelectorAll("[role=row]")];
  const cellsOf = (row) => [...row.querySelectorAll("[role=gridcell]")];
  const activeIn = (grid) => grid.querySelector(".is-active");

  // Also after a morph, which takes away what the server did not write.
  const upgrade = (box) => {
    const grid = gridOf(box);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "grid");
    box.setAttribute("aria-controls", grid.id);
    box.setAttribute("aria-expanded", String(!grid.hidden));
    const active = activeIn(grid);
    if (active && !grid.hidden) box.setAttribute("aria-activedescendant", active.id);
    else box.removeAttribute("aria-activedescendant");
  };

  // Boxes whose suggestions were sent away: those still under way do not bring the grid back.
  const dismissed = new WeakSet();

  const activate = (box, cell) => {
    const grid = gridOf(box);
    activeIn(grid)?.classList.remove("is-active");
    cell?.classList.add("is-active");
    cell?.scrollIntoView({ block: "nearest" });
    upgrade(box);
  };

  const show = (box, isShown) => {
    const grid = gridOf(box);
    grid.hidden = !isShown || !grid.querySelector("*");
    if (grid.hidden) activeIn(grid)?.classList.remove("is-active");
    upgrade(box);
  };

  // One row down or up, or from the last row and the first back to the box.
  const moveRow = (box, step) => {
    const rows = rowsOf(gridOf(box));
    const active = activeIn(gridOf(box))?.closest("[role=row]");
    const place = active ? rows.indexOf(active) + step : step > 0 ? 0 : rows.length - 1;
    activate(box, rows[place] ? cellsOf(rows[place])[0] : null);
  };

  const moveCell = (box, step) => {
    const active = activeIn(gridOf(box));
    const cells = cellsOf(active.closest("[role=row]"));
    activate(box, cells[cells.indexOf(active) + step] ?? active);
  };

  const forward = () => (document.dir === "rtl" ? "ArrowLeft" : "ArrowRight");

  const press = (event, box) => {
    const grid = gridOf(box);
    const active = grid.hidden ? null : activeIn(grid);
    if (event.key === "Escape" && !grid.hidden) {
      dismissed.add(box);
      show(box, false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      dismissed.delete(box);
      if (grid.hidden) show(box, true);
      if (grid.hidden || !rowsOf(grid).length) return;
      moveRow(box, event.key === "ArrowDown" ? 1 : -1);
    } else if (active && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      moveCell(box, event.key === forward() ? 1 : -1);
    } else if (active && event.key === "Enter") {
      active.querySelector("a").click();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  // Before htmx hears of it: a key that moves in the grid is no key of the form.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.target.matches?.("[data-suggestions]") && !event.isComposing) press(event, event.target);
    },
    true,
  );

  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.matches?.("[data-suggestions]")) return;
    dismissed.delete(box);
    activate(box, null);
    // Without words there is no best match to order by.
    const order = box.form.elements.order;
    if (!box.value.trim() && order?.value === "relevance") order.value = "";
  });

  // A click on a suggestion must not take the focus, or the grid would be gone before it is heard.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(".suggestions")) event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("[data-suggestions]")) show(event.target, false);
  });
  document.addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-suggestions]");
    if (!box) return;
    dismissed.add(box);
    show(box, false);
  });

  const seen = new WeakSet();
  const watch = () => {
    for (const box of boxes()) {
      upgrade(box);
      const grid = gridOf(box);
      if (seen.has(grid)) continue;
      seen.add(grid);
      // What was asked for may come when the reader is elsewhere already, or wants none.
      const isWanted = () => document.activeElement === box && !dismissed.has(box);
      new MutationObserver(() => show(box, isWanted())).observe(grid, { childList: true });
    }
  };
  document.addEventListener("htmx:after:swap", watch);
  watch();
}
