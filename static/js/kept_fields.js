// Reads what was typed into a form of the admin, and writes it back, row by row of its inlines.
"use strict";

const keptFields = (() => {
  const NEVER = ["password", "file", "hidden", "submit", "button", "image", "reset"];
  const $ = (element) => window.django?.jQuery?.(element);
  // Django's two boxes for many choices: the chosen ones, whatever is marked in the box.
  const isChosenBox = (field) => field.matches?.(".selector-chosen select");
  const isPicker = (field) => field.matches?.("[data-picker-box]");
  const chosenAtFirst = new Map();

  const isKept = (field) =>
    field.name &&
    !field.name.startsWith("_") &&
    !field.name.includes("__prefix__") &&
    !NEVER.includes(field.type) &&
    !field.disabled &&
    !field.matches(".selector-available *, .selector-available, .picker-chosen input");

  const fieldsOf = (form) => [...form.elements].filter(isKept);

  // `participations-3-note` → ["participations", "3", "note"], where there is such an inline.
  const placeOf = (form, name) => {
    const match = /^(.+)-(\d+)-([^-]+)$/.exec(name);
    return match && form.elements[`${match[1]}-TOTAL_FORMS`] ? match.slice(1) : null;
  };

  const optionsOf = (field, isChosen) =>
    [...field.options].filter(isChosen).map((option) => [option.value, option.text]);

  const valueOf = (field) => {
    if (field.type === "checkbox") return field.checked;
    if (field.type === "radio") return field.form.elements[field.name].value;
    if (isPicker(field)) return pickerFields.held(field);
    if (isChosenBox(field)) return optionsOf(field, () => true);
    if (field.options) return optionsOf(field, (option) => option.selected);
    return field.value;
  };

  // What the server wrote.
  const firstValueOf = (field) => {
    if (field.type === "checkbox") return field.defaultChecked;
    if (field.type === "radio") {
      const group = [...field.form.elements].filter((other) => other.name === field.name);
      return group.find((radio) => radio.defaultChecked)?.value ?? "";
    }
    if (isPicker(field)) return pickerFields.heldAtFirst(field);
    if (chosenAtFirst.has(field.name)) return chosenAtFirst.get(field.name);
    if (!field.options) return field.defaultValue;
    const chosen = optionsOf(field, (option) => option.defaultSelected);
    return chosen.length || field.multiple ? chosen : optionsOf(field, (_, place) => place === 0);
  };

  const keysOf = (value) =>
    Array.isArray(value) ? value.map(([key, words]) => (key === "?" ? `?${words}` : key)).sort() : value;
  const areAlike = (one, other) => JSON.stringify(keysOf(one)) === JSON.stringify(keysOf(other));
  const isChanged = (field) => !areAlike(valueOf(field), firstValueOf(field));
  // A slug that follows the title goes on following it.
  const isFollowing = (field) => $(field)?.data("_changed") === false;

  const describe = (field) => ({
    value: valueOf(field),
    label: field.labels?.[0]?.textContent.trim().replace(/:$/, "") || field.name.split("-").at(-1),
    ...(isFollowing(field) ? { follows: true } : {}),
  });

  const emptyRowValue = (form, prefix, name) => {
    const id = `${prefix}-__prefix__-${name}`;
    const templates = [...form.querySelectorAll("template")];
    const fields = templates.map((one) => one.content.querySelector(`[name="${id}"]`));
    const field = form.elements[id] ?? fields.find(Boolean);
    return field ? firstValueOf(field) : "";
  };

  // The other row of the page that this one belongs to: a citation to its fact.
  const ownerOf = (form, prefix, index) =>
    ["of", "on"]
      .map((name) => form.elements[`${prefix}-${index}-${name}`])
      .find((field) => field?.type === "hidden")?.value ?? "";

  // Once, before Django's scripts change the form.
  const start = (form) => {
    for (const field of form.querySelectorAll("select.selectfilter, select.selectfilterstacked")) {
      chosenAtFirst.set(field.name, optionsOf(field, (option) => option.selected));
    }
  };

  const rowsOf = (form) => {
    const rows = new Map();
    for (const field of fieldsOf(form)) {
      const place = placeOf(form, field.name);
      if (!place) continue;
      const [prefix, index, name] = place;
      const row = rows.get(`${prefix}-${index}`) ?? { prefix, index, fields: {} };
      row.fields[name] = field;
      rows.set(`${prefix}-${index}`, row);
    }
    for (const row of rows.values()) {
      row.key = form.elements[`${row.prefix}-${row.index}-id`]?.value ?? "";
      row.owner = ownerOf(form, row.prefix, row.index);
      row.inline = document
        .getElementById(`${row.prefix}-heading`)?.textContent.trim().replace(/\s+/g, " ");
    }
    return [...rows.values()];
  };

  const described = (fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, describe(field)]));

  // What differs from what the server wrote, or with `isAll` all there is; null for nothing.
  const collect = (form, isAll) => {
    const found = { fields: {}, rows: [] };
    for (const field of fieldsOf(form)) {
      if (placeOf(form, field.name)) continue;
      if (isAll || isChanged(field)) found.fields[field.name] = describe(field);
    }
    for (const { prefix, key, inline, owner, fields } of rowsOf(form)) {
      const changed = Object.keys(fields).filter((name) =>
        key ? isAll || isChanged(fields[name]) : !areAlike(valueOf(fields[name]), emptyRowValue(form, prefix, name)),
      );
      if (changed.length) found.rows.push({ prefix, key, inline, owner, changed, fields: described(fields) });
    }
    return Object.keys(found.fields).length || found.rows.length ? found : null;
  };

  const tell = (field) => {
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  };

  const offerOption = (field, [value, label]) => {
    if (![...field.options].some((option) => option.value === value)) field.add(new Option(label, value));
  };

  const choose = (field, chosen) => {
    chosen.forEach((option) => offerOption(field, option));
    const keys = chosen.map(([key]) => key);
    for (const option of field.options) option.selected = keys.includes(option.value);
  };

  const chooseInBoxes = (to, chosen) => {
    const from = to.id.replace(/_to$/, "_from");
    const keys = chosen.map(([key]) => key);
    for (const option of document.getElementById(from).options) option.selected = keys.includes(option.value);
    for (const option of to.options) option.selected = !keys.includes(option.value);
    window.SelectBox.move(to.id, from);
    for (const option of document.getElementById(from).options) option.selected = keys.includes(option.value);
    window.SelectBox.move(from, to.id);
    window.SelectFilter.refresh_icons(to.id.replace(/_to$/, ""));
  };

  const write = (field, { value, follows }) => {
    if (isPicker(field)) pickerFields.hold(field, value);
    else if (isChosenBox(field)) chooseInBoxes(field, value);
    else if (field.options) choose(field, value);
    else if (field.type === "checkbox") field.checked = value;
    else field.value = value;
    if (!follows) tell(field);
  };

  const fieldNamed = (form, name) => {
    const found = form.elements[name];
    if (!found) return null;
    if (found instanceof RadioNodeList) return [...found].find((field) => field.type === "radio") ? found : found[0];
    return found;
  };

  const writeAll = (form, fields, prefix = "") => {
    for (const [name, typed] of Object.entries(fields)) {
      const field = fieldNamed(form, `${prefix}${name}`);
      if (!field) continue;
      if (field instanceof RadioNodeList) {
        field.value = typed.value;
        tell(field[0]);
      } else {
        write(field, typed);
      }
    }
  };

  const addRow = (form, prefix) => {
    const total = form.elements[`${prefix}-TOTAL_FORMS`];
    const before = Number(total.value);
    document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`)?.click();
    return Number(total.value) > before ? before : null;
  };

  // The number of a row that waits to be filled in, if the page has one for this.
  const blankRow = (form, { prefix, owner = "" }) =>
    rowsOf(form).find(
      (other) =>
        other.prefix === prefix &&
        !other.key &&
        other.owner === owner &&
        Object.entries(other.fields).every(([name, field]) =>
          areAlike(valueOf(field), emptyRowValue(form, prefix, name)),
        ),
    )?.index ?? null;

  // False for a row that was deleted, and whose deletion is all that was done to it here.
  const putBackRow = (form, row, isNew) => {
    const found = isNew ? null : rowsOf(form).find((other) => row.key && other.prefix === row.prefix && other.key === row.key);
    if (found) {
      const changed = Object.fromEntries(row.changed.map((name) => [name, row.fields[name]]));
      writeAll(form, changed, `${row.prefix}-${found.index}-`);
      return;
    }
    if (row.fields.DELETE?.value) return;
    const index = blankRow(form, row) ?? addRow(form, row.prefix);
    if (index !== null) writeAll(form, row.fields, `${row.prefix}-${index}-`);
  };

  const putBack = (form, { fields, rows, snapshot }, isNew) => {
    // The form is compared with what it was opened with when this was typed.
    if (!isNew && snapshot && form.elements.snapshot) form.elements.snapshot.value = snapshot;
    writeAll(form, fields);
    rows.forEach((row) => putBackRow(form, row, isNew));
  };

  return { start, collect, putBack };
})();
