// A range of time chosen on a histogram: by its two handles (mouse, touch, arrow keys) or by drawing
// over its bars. Without a script each bar, and each row of its table, is a link.
"use strict";

document.documentElement.classList.add("has-ranges");

const partsOf = (figure) => ({
  columns: [...figure.querySelectorAll(".histogram-columns > li")],
  first: figure.querySelector(".range-first"),
  last: figure.querySelector(".range-last"),
  words: figure.querySelector(".range-words"),
});

// Shows what is being chosen; the ends may come in either order.
const mark = (figure, one, other) => {
  const { columns, first, last, words } = partsOf(figure);
  const [low, high] = [Math.min(one, other), Math.max(one, other)];
  columns.forEach((column, i) => column.classList.toggle("is-outside", i < low || i > high));
  first.value = low;
  last.value = high;
  first.setAttribute("aria-valuetext", columns[low].dataset.words);
  last.setAttribute("aria-valuetext", columns[high].dataset.words);
  const [from, to] = [columns[low].dataset.words, columns[high].dataset.words];
  words.textContent = low === high ? from : `${from} – ${to}`;
  return [low, high];
};

const choose = (figure, one, other) => {
  const { columns } = partsOf(figure);
  const [low, high] = mark(figure, one, other);
  const form = document.getElementById("filters");
  form.elements.since.value = columns[low].dataset.since;
  form.elements.until.value = columns[high].dataset.until;
  form.elements.since.dispatchEvent(new Event("change", { bubbles: true }));
};

const ends = (figure) => {
  const { first, last } = partsOf(figure);
  return [Number(first.value), Number(last.value)];
};

document.addEventListener("input", (event) => {
  const range = event.target.closest?.(".histogram-range");
  if (!range) return;
  const figure = range.closest(".histogram");
  const { first, last } = partsOf(figure);
  // A handle stops at the other one.
  if (event.target === first) first.value = Math.min(first.value, last.value);
  else last.value = Math.max(first.value, last.value);
  mark(figure, ...ends(figure));
});

// What was chosen could not be shown: the handles go back to the ends.
document.addEventListener("chancery:settled", () => {
  for (const figure of document.querySelectorAll(".histogram:has(.range-first)")) {
    const { columns, words } = partsOf(figure);
    mark(figure, 0, columns.length - 1);
    words.textContent = "";
  }
});

// Arrow keys choose step by step: the view follows when they rest.
let resting;
document.addEventListener("change", (event) => {
  const range = event.target.closest?.(".histogram-range");
  if (!range) return;
  event.stopPropagation();
  clearTimeout(resting);
  const figure = range.closest(".histogram");
  resting = setTimeout(() => choose(figure, ...ends(figure)), 600);
});

// Drawing over the bars; a click without a move stays the link that it is.
let drawn = null;
const columnAt = (figure, x) => {
  const { columns } = partsOf(figure);
  const box = columns[0].parentElement.getBoundingClientRect();
  const at = Math.floor(((x - box.left) / box.width) * columns.length);
  return Math.max(0, Math.min(columns.length - 1, at));
};
document.addEventListener("pointerdown", (event) => {
  const plot = event.target.closest?.(".histogram-columns");
  const figure = plot?.closest(".histogram");
  if (event.button !== 0 || event.pointerType === "touch" || !figure?.querySelector(".range-first")) return;
  drawn = { figure, from: columnAt(figure, event.clientX), x: event.clientX, moved: false };
});
document.addEventListener("pointermove", (event) => {
  if (!drawn) return;
  drawn.moved ||= Math.abs(event.clientX - drawn.x) > 4;
  if (drawn.moved) mark(drawn.figure, drawn.from, columnAt(drawn.figure, event.clientX));
});
document.addEventListener("pointerup", (event) => {
  const ending = drawn;
  drawn = null;
  if (ending?.moved) choose(ending.figure, ending.from, columnAt(ending.figure, event.clientX));
});
document.addEventListener("pointercancel", () => (drawn = null));
document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.(".histogram-columns")) event.preventDefault();
});
