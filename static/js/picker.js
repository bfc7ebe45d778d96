// A box of the admin in which a record is chosen by typing: a combobox, with its list box beneath it.
// Without this script the words are sent as they are, and the form comes back with suggestions.
// Rows of inlines are added later, so the page listens, not each box.
"use strict";

const pickers = (() => {
  const PAUSE = 150; // milliseconds without a key
  const LONGEST = 200; // characters that the server looks for
  const { boxNear, choose, clear, frameOf, isBox, isChosen, within } = pickerFields;

  const panelOf = (box) => within(box, "panel");
  const optionsOf = (box) => [...panelOf(box).querySelectorAll("[role=option]")];
  const markedIn = (box) => panelOf(box).querySelector("[aria-selected=true]");
  // A panel that came with the form is none of ours: it has suggestions to tick.
  const isOpen = (box) => !panelOf(box).hidden && panelOf(box).matches("[data-picker-live]");

  const timers = new WeakMap();
  const answers = new WeakMap();
  // Boxes whose words the server has not answered yet, and those of them where the first answer is
  // to be taken, because Enter or Tab was pressed.
  const asking = new WeakSet();
  const waiting = new WeakSet();

  const upgrade = (box) => {
    const list = isOpen(box) ? panelOf(box).querySelector("[role=listbox]") : null;
    const marked = list && markedIn(box);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "listbox");
    box.setAttribute("aria-expanded", String(Boolean(list)));
    if (list) list.id = `${box.id}_list`;
    optionsOf(box).forEach((option, place) => (option.id = `${box.id}_option_${place}`));
    for (const [name, found] of [["controls", list], ["activedescendant", marked]]) {
      if (found) box.setAttribute(`aria-${name}`, found.id);
      else box.removeAttribute(`aria-${name}`);
    }
  };

  const mark = (box, option) => {
    markedIn(box)?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    upgrade(box);
  };

  const close = (box) => {
    clearTimeout(timers.get(box));
    asking.delete(box);
    panelOf(box).replaceChildren();
    panelOf(box).hidden = true;
    upgrade(box);
  };

  const take = (box) => {
    const place = optionsOf(box).indexOf(markedIn(box));
    if (place < 0) return false;
    close(box);
    choose(box, answers.get(box).options[place]);
    return true;
  };

  const show = (box, answer) => {
    asking.delete(box);
    answers.set(box, answer);
    const panel = panelOf(box);
    panel.innerHTML = answer.panel;
    panel.dataset.pickerLive = "";
    panel.hidden = false;
    mark(box, answer.marked === null ? null : optionsOf(box)[answer.marked]);
    const isLeft = document.activeElement !== box;
    if (waiting.delete(box) && !take(box) && isLeft) close(box);
  };

  const ask = async (box) => {
    const words = box.value.slice(0, LONGEST + 1);
    const address = new URL(frameOf(box).dataset.picker, window.location.origin);
    address.searchParams.set("q", words);
    let answer;
    try {
      answer = await (await fetch(address, { headers: { Accept: "application/json" } })).json();
    } catch {
      asking.delete(box);
      return; // signed out or offline: saving will say
    }
    // An answer that comes late is about words that are gone, or that nobody waits for.
    const isWanted = asking.has(box) && (document.activeElement === box || waiting.has(box));
    if (isWanted && box.value.startsWith(words) && answer.text === words) show(box, answer);
  };

  const askSoon = (box, pause = PAUSE) => {
    clearTimeout(timers.get(box));
    waiting.delete(box);
    asking.add(box);
    timers.set(box, setTimeout(ask, pause, box));
  };

  // Down from the last option to what makes a draft.
  const move = (box, step) => {
    const options = optionsOf(box);
    const place = options.indexOf(markedIn(box)) + step;
    mark(box, options[place < -1 ? options.length - 1 : place] ?? null);
    if (place >= options.length) panelOf(box).querySelector("[data-picker-making] :is(input, button)")?.focus();
  };

  // True where the key is no longer the form's.
  const press = (key, box) => {
    if (asking.has(box) && key === "Enter") waiting.add(box);
    else if (key === "ArrowDown" && !isOpen(box)) askSoon(box, 0);
    else if (!isOpen(box)) return false;
    else if (key === "ArrowDown" || key === "ArrowUp") move(box, key === "ArrowDown" ? 1 : -1);
    else if (key === "Escape") close(box);
    else if (key === "Enter") take(box);
    else return false;
    return true;
  };

  // Tab goes on to the next field in any case.
  const leave = (box) => {
    if (asking.has(box) && box.value.trim() && !isChosen(box)) waiting.add(box);
    else if (isOpen(box)) take(box);
  };

  const pressInPanel = (event, box) => {
    if (event.key === "Escape" && isOpen(box)) {
      close(box);
      box.focus();
    }
    // Enter saves no half form.
    return event.key === "Escape" || (event.key === "Enter" && event.target.matches("[data-picker-panel] input"));
  };

  document.addEventListener("keydown", (event) => {
    const box = boxNear(event.target);
    if (!box || event.isComposing) return;
    if (event.target !== box) {
      if (panelOf(box).contains(event.target) && pressInPanel(event, box)) event.preventDefault();
    } else if (event.key === "Tab") {
      if (!event.shiftKey) leave(box);
    } else if (press(event.key, box)) {
      event.preventDefault();
    }
  });

  document.addEventListener("input", ({ target: box }) => {
    if (!isBox(box) || isChosen(box)) return;
    clear(box);
    if (document.activeElement !== box) return; // written by a script
    if (box.value.trim()) askSoon(box);
    else close(box);
  });

  // The panel closes where the focus leaves. A press of the mouse in it must not take the focus.
  document.addEventListener("mousedown", (event) => {
    const isIn = event.target.closest?.("[data-picker-live]");
    if (isIn && !event.target.matches("[type=text]")) event.preventDefault();
  });
  document.addEventListener("focusin", ({ target }) => isBox(target) && upgrade(target));
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const box = boxNear(target);
    if (box && isOpen(box) && !waiting.has(box) && !frameOf(box).contains(relatedTarget)) close(box);
  });

  document.addEventListener("click", ({ target }) => {
    const option = target.closest?.("[data-picker-live] [role=option]");
    if (!option) return;
    mark(boxNear(option), option);
    take(boxNear(option));
  });

  return { close, panelOf };
})();
