// The form of an event: a blank row always waits, a place is copied from the row above, and another
// source is cited by what is not cited yet. Without a script the form works with one reload more.
"use strict";

{
  const form = document.getElementById("event_form");
  const placeOf = (citation) => citation.querySelector("input.place");
  const citations = () => [...form.querySelectorAll("[data-citation]")];
  const isTyped = (citation) =>
    placeOf(citation).value.trim() !== "" || citation.querySelector("input[type=checkbox]").checked;

  // Rows

  const nextIndex = (prefix) => {
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    const index = Number(total.value);
    total.value = index + 1;
    return index;
  };

  const rename = (element, from, to) => {
    for (const one of [element, ...element.querySelectorAll("*")]) {
      for (const name of ["id", "name", "for", "value", "data-row", "aria-describedby"]) {
        const text = one.getAttribute(name);
        if (text?.includes(from)) one.setAttribute(name, text.replaceAll(from, to));
      }
    }
  };

  // A copy of the blank row, with a number of its own for each of the forms in it.
  const addRow = (group) => {
    const prefix = group.dataset.group;
    const template = group.querySelector(`template[data-empty="${prefix}"]`);
    const row = template.content.firstElementChild.cloneNode(true);
    for (const [selector, inner] of [["[data-position]", "positions"], ["[data-citation]", "citations"]]) {
      for (const one of row.querySelectorAll(selector)) {
        const name = `${inner}-${nextIndex(inner)}`;
        rename(one, `${inner}-__prefix__`, name);
      }
    }
    rename(row, `${prefix}-__prefix__`, `${prefix}-${nextIndex(prefix)}`);
    template.before(row);
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }));
    return row;
  };

  const blankRows = (group) => [...group.querySelectorAll(":scope > [data-blank]")];

  // One blank row is shown, and the next when it is used.
  const showNextBlank = (group) => {
    const blanks = blankRows(group);
    const shown = blanks.find((row) => !row.hidden);
    if (!shown) (blanks[0] ?? addRow(group)).hidden = false;
  };

  const use = (row) => {
    if (!row?.hasAttribute("data-blank")) return;
    row.removeAttribute("data-blank");
    row.classList.replace("is-blank", "is-uncited");
    showNextBlank(row.closest("[data-group]"));
  };

  // Places in the source

  const showAsAbove = () => {
    let above = "";
    for (const citation of citations()) {
      const button = citation.querySelector("[data-as-above]");
      const value = placeOf(citation).value.trim();
      if (button) {
        button.hidden = !above || value !== "";
        button.querySelector("bdi").textContent = above;
      }
      if (value) above = value;
    }
  };

  const type = (citation, place) => {
    const input = placeOf(citation);
    input.value = place;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const markCited = (citation) => {
    const row = citation.closest("[data-row]");
    if (!row?.matches(".is-cited, .is-uncited") || citation.closest("[data-position]")) return;
    const isCited = [...row.querySelectorAll("[data-citation]")].some(isTyped);
    row.classList.toggle("is-cited", isCited);
    row.classList.toggle("is-uncited", !isCited);
  };

  const uncited = () =>
    citations().filter(
      (one) => one.closest(".is-uncited") && "new" in one.dataset && !isTyped(one) && one.checkVisibility(),
    );

  const citeAll = (event) => {
    const place = form.elements.place_for_all.value.trim();
    if (!place) return;
    event.preventDefault();
    uncited().forEach((citation) => type(citation, place));
    form.elements.place_for_all.value = "";
  };

  const goToNextUncited = (event) => {
    event.preventDefault();
    const all = uncited();
    const here = document.activeElement;
    const after = all.find((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    const next = after ?? all[0];
    if (next) placeOf(next).focus();
  };

  // The source that is cited from

  let current = form.querySelector("[name=cited_from]:checked")?.value ?? "";

  // For the session at once, so that drafts which pickers make cite it, too.
  const keepSource = (key) => {
    const address = form.querySelector("[data-cite-from]").dataset.citeFrom.replace("/0/", `/${key}/`);
    const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    fetch(address, { method: "POST", body }).catch(() => {}); // saving the form keeps it as well
  };

  const chooseSource = (key, title) => {
    for (const citation of citations().filter((one) => "new" in one.dataset)) {
      const source = citation.querySelector("input[type=hidden][name$=-source]");
      if (source.value) continue;
      // What is typed already goes on citing the source that it was typed for.
      if (isTyped(citation)) source.value = current;
      else citation.querySelector("[data-cited-source]").textContent = title;
    }
    current = key;
    keepSource(key);
  };

  const sourceChanged = (field) => {
    if (field.name === "cited_from") chooseSource(field.value, field.dataset.title);
    // In the box of a picker, words that stand for a record.
    const other = form.elements.cited_from_other?.value;
    if (field.name === "cited_from_other_text" && other) chooseSource(other, field.value);
  };

  // What a position can be on: claims and statements of the page, as they are called by now.

  const TARGET = /^((?:claims|statements)-\d+)-(?:text|paraphrase)$/;

  const targetLists = () => [
    ...form.querySelectorAll("select[name^=positions-][name$=-on]"),
    ...[...form.querySelectorAll("template")].flatMap((one) => [
      ...one.content.querySelectorAll("select[name$=-on]"),
    ]),
  ];

  const callTarget = (field) => {
    const name = TARGET.exec(field.name)?.[1];
    const text = field.value.trim().slice(0, 60);
    if (!name || !text) return;
    for (const list of targetLists()) {
      const option = [...list.options].find((one) => one.value === name);
      if (option) option.text = text;
      else list.add(new Option(text, name));
    }
  };

  // Listening

  const changed = (event) => {
    const field = event.target;
    if (!form.contains(field)) return;
    const row = field.closest("[data-row]");
    if (field.closest("[data-group]") && (field.value || field.checked)) use(row);
    const citation = field.closest("[data-citation]");
    if (citation) {
      markCited(citation);
      showAsAbove();
    }
    sourceChanged(field);
    callTarget(field);
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-as-above]");
    if (button) {
      const citation = button.closest("[data-citation]");
      type(citation, button.querySelector("bdi").textContent);
      placeOf(citation).focus();
    }
    if (event.target.closest("[data-cite-all]")) citeAll(event);
    if (event.target.closest("[data-next-uncited]")) goToNextUncited(event);
    const add = event.target.closest(".add-row a");
    if (add) {
      event.preventDefault();
      addRow(add.closest("[data-group]"));
    }
  });

  form.querySelectorAll("[data-scripted]").forEach((one) => (one.hidden = false));
  for (const group of form.querySelectorAll("[data-group]")) {
    blankRows(group).slice(1).forEach((row) => (row.hidden = true));
  }
  showAsAbove();
  document.querySelector(".problems")?.focus();
}
