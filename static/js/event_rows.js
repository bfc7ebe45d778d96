// The form of an event: the number of cited facts follows what is typed, and on the phone complete
// rows fold to two lines. Without a script the number is that of what is stored, and all rows are open.
"use strict";

{
  const form = document.getElementById("event_form");
  const line = form.querySelector("[data-cited]");
  const all = (selector, within = form) => [...within.querySelectorAll(selector)];

  // What is cited

  const isGone = (element) => Boolean(element.querySelector(":scope > .fact-tools [name$=-DELETE]:checked"));
  const ownerOf = (element) => element.closest("[data-position], [data-row]");
  const isTyped = (citation) =>
    !citation.querySelector("[name$=-DELETE]:checked") &&
    (citation.querySelector("input.place").value.trim() !== "" ||
      citation.querySelector("[name$=-whole]").checked);

  const isCited = (fact) =>
    all("[data-citation]", fact).some((one) => ownerOf(one) === fact && isTyped(one)) ||
    // A new position is cited where the words are.
    (fact.matches("[data-position]:not(.is-cited, .is-uncited)") && isCited(fact.closest("[data-row]")));

  const isFilled = (position) => Boolean(position.querySelector("select[name$=-stance]")?.value);

  const factsIn = (element) =>
    all("[data-row]:not([data-blank])", element)
      .filter((row) => !isGone(row))
      .flatMap((row) => [row, ...all("[data-position]", row).filter(isFilled)]);

  const count = () => {
    const facts = factsIn(form);
    return { total: facts.length, cited: facts.filter(isCited).length };
  };

  // Rows that an account may not see are counted by the server alone.
  const stored = line && { total: Number(line.dataset.total), cited: Number(line.dataset.cited) };
  const first = stored?.total ? count() : { total: 0, cited: 0 };

  const show = () => {
    const now = count();
    const total = stored.total + now.total - first.total;
    const cited = stored.cited + now.cited - first.cited;
    const words = total === 1 ? line.dataset.one : line.dataset.many;
    line.hidden = false;
    line.classList.toggle("is-uncited", cited < total);
    line.querySelector("[data-words]").textContent = words.replace("{cited}", cited).replace("{total}", total);
    line.querySelector("[data-next-uncited]").hidden = cited >= total;
    for (const badge of all("[data-uncited]")) {
      const uncited = factsIn(badge.closest("[data-group]")).filter((fact) => !isCited(fact)).length;
      badge.hidden = !uncited;
      badge.textContent = badge.dataset.uncited.replace("{number}", uncited);
    }
  };

  // Folding

  const wordsOf = (cell) => {
    const field = cell.querySelector("select, textarea, input:not([type=hidden])");
    if (!field) return cell.lastElementChild.textContent.trim();
    if (field.type === "checkbox") return field.checked ? cell.textContent.trim() : "";
    return (field.value && field.options ? field.selectedOptions[0].text : field.value).trim();
  };

  const placesOf = (row) =>
    all("[data-citation]", row)
      .filter((one) => ownerOf(one) === row && isTyped(one))
      .map((one) => `${one.querySelector("[data-cited-source]").textContent} ${one.querySelector("input.place").value}`);

  const fold = (row) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "fact-fold", ariaExpanded: "false" });
    const [title, ...rest] = all(":scope > .fact-cells .fact-cell", row).map(wordsOf).filter(Boolean);
    for (const words of [title, [...rest, ...placesOf(row)].join(" · ")]) {
      const span = document.createElement("span");
      span.textContent = words;
      button.append(span);
    }
    button.addEventListener("click", () => {
      button.ariaExpanded = String(!row.classList.toggle("is-folded"));
    });
    row.prepend(button);
    row.classList.add("is-folded");
  };

  const unfold = (row) => {
    row?.classList.remove("is-folded");
    row?.querySelector(".fact-fold")?.setAttribute("aria-expanded", "true");
  };

  all(".fact-row.is-cited").forEach(fold);
  if (line) {
    for (const type of ["input", "change"]) form.addEventListener(type, show);
  }
  form.addEventListener("input", ({ target }) => unfold(target.closest(".is-folded")));
  window.addEventListener("hashchange", () => unfold(form.querySelector(":target")?.closest(".is-folded")));
}
