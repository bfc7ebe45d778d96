// What the box of a picker holds: words, the key of the record that they stand for, and what is said
// beneath it. The names of the fields are in config/admin/picking/posted.py.
"use strict";

const pickerFields = (() => {
  const frameOf = (element) => element.closest("[data-picker]");
  const within = (box, name) => frameOf(box).querySelector(`[data-picker-${name}]`);
  const isBox = (element) => Boolean(element?.matches?.("[data-picker-box]"));
  const boxNear = (element) => element?.closest?.("[data-picker]")?.querySelector("[data-picker-box]");
  const isChosen = (box) => box.value === within(box, "shown").value;

  const make = (tag, text = "", properties = {}) =>
    Object.assign(document.createElement(tag), { textContent: text, ...properties });

  const say = (box, words, ...more) => {
    const line = make("p", words);
    line.append(...more);
    within(box, "facts").replaceChildren(line);
  };

  const sayFacts = (box, { facts, address }, ...more) => {
    const words = frameOf(box).dataset.pageWords;
    const link = make("a", words, { href: address, target: "_blank", rel: "noopener" });
    say(box, facts ? `${facts} · ` : "", link, ...more);
  };

  const set = (box, key, words) => {
    if (within(box, "key")) within(box, "key").value = key;
    box.value = within(box, "shown").value = words;
    within(box, "facts").replaceChildren();
  };

  // The words are being changed: they stand for nothing yet.
  const clear = (box) => {
    if (within(box, "key")) within(box, "key").value = "";
    within(box, "shown").value = "";
    within(box, "facts").replaceChildren();
  };

  const addToMany = (list, { key, name }) => {
    const ticks = [...list.querySelectorAll("input")];
    if (ticks.some((tick) => tick.value === String(key))) return;
    const tick = make("input", "", { type: "checkbox", name: list.dataset.pickerMany, value: key, checked: true });
    const label = make("label");
    const item = make("li");
    label.append(tick, ` ${name}`);
    item.append(label);
    list.append(item);
  };

  const tell = (box) => box.dispatchEvent(new Event("change", { bubbles: true }));

  // What is said comes after the focus has gone on: the link in it is no step on the way.
  const choose = (box, option, then) => {
    const list = within(box, "many");
    if (list) {
      addToMany(list, option);
      set(box, "", "");
    } else {
      set(box, option.key, option.name);
    }
    if (then || !list) setTimeout(then ?? sayFacts, 0, box, option);
    tell(box);
  };

  const unchoose = (box, key) => {
    within(box, "many")?.querySelector(`input[value="${key}"]`)?.closest("li").remove();
    set(box, "", "");
    tell(box);
  };

  // What a box holds, as pairs of key and words; words that stand for no record have "?" for a key.
  const held = (box) => {
    const list = within(box, "many");
    const key = within(box, "key")?.value || "?";
    const pairs = list ? ticked(list, "checked") : [];
    return box.value ? [...pairs, [key, box.value]] : pairs;
  };

  const heldAtFirst = (box) => {
    const list = within(box, "many");
    if (list) return ticked(list, "defaultChecked");
    return box.defaultValue ? [[within(box, "key").dataset.first || "?", box.defaultValue]] : [];
  };

  const ticked = (list, how) =>
    [...list.querySelectorAll("input")]
      .filter((tick) => tick[how])
      .map((tick) => [tick.value, tick.parentElement.textContent.trim()]);

  const hold = (box, pairs) => {
    const list = within(box, "many");
    set(box, "", "");
    for (const tick of list?.querySelectorAll("input") ?? []) {
      tick.checked = pairs.some(([key]) => key === tick.value);
    }
    for (const [key, name] of pairs) {
      if (key === "?") box.value = name;
      else if (list) addToMany(list, { key, name });
      else set(box, key, name);
    }
  };

  return { boxNear, choose, clear, frameOf, held, heldAtFirst, hold, isBox, isChosen, make, say, sayFacts, unchoose, within };
})();
