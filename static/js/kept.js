// A form of the admin keeps what is typed until the server has saved it, offers back what an earlier
// one kept, and asks before it is left. Without a script forms work, and nothing is kept.
"use strict";

(() => {
  const box = document.querySelector("[data-kept]");
  if (!box) return;
  const { adminRoot, keptId, keptForm } = box.dataset;
  const words = document.getElementById("kept-words").dataset;
  const form = document.getElementById(keptForm);
  const isPopup = new URLSearchParams(location.search).has("_popup");
  // The page of a conflict: what was typed is in hidden fields, and in the entry of the form.
  const isWaiting = "keptWaiting" in box.dataset;
  // A form that came back from the server unsaved is kept whole.
  const isUnsaved = "unsaved" in box.dataset;
  const PAUSE = 300; // milliseconds without a key
  const id = keptId || keptStore.newId();
  let timer = null;
  let isLeaving = false;
  let isStarted = false;

  // What only leads back to a list, or opens a pop-up, makes no other form.
  const addressOf = (url) => {
    const query = new URLSearchParams(url.search);
    ["_changelist_filters", "_popup", "_to_field"].forEach((name) => query.delete(name));
    return `${url.pathname}?${query}`;
  };

  const make = (tag, text = "", properties = {}) =>
    Object.assign(document.createElement(tag), { textContent: text }, properties);

  const when = (entry) =>
    new Date(entry.at).toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });

  // The sentence with its names in braces replaced.
  const fill = (sentence, given) => sentence.replace(/\{(\w+)\}/g, (_, name) => given[name]);

  const wordsOf = (value) => {
    if (value === true) return words.yes;
    if (value === false) return words.no;
    return Array.isArray(value) ? value.map(([, label]) => label).join("; ") : value;
  };

  const heading = () =>
    [...document.querySelectorAll("#content > h1, #content > h2")]
      .map((line) => line.textContent.trim())
      .join(" ");

  const collect = () => keptFields.collect(form, isUnsaved);

  const keep = () => {
    clearTimeout(timer);
    timer = null;
    if (!isStarted || isLeaving === "dropped") return;
    const typed = collect();
    if (!typed) return keptStore.remove(id);
    const entry = {
      ...typed,
      at: Date.now(),
      address: addressOf(location),
      href: location.pathname + location.search,
      heading: heading(),
      snapshot: form.elements.snapshot?.value ?? "",
    };
    document.getElementById("kept-not").hidden = keptStore.write(id, entry);
  };

  const keepSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  // What is offered

  const typedList = (entry) => {
    const list = make("dl");
    const add = (name, value) => list.append(make("dt", name), make("dd", wordsOf(value) || words.empty));
    Object.values(entry.fields).forEach(({ label, value }) => add(label, value));
    for (const row of entry.rows) {
      const typed = row.changed.map((name) => `${name}: ${wordsOf(row.fields[name].value) || words.empty}`);
      add(row.inline || row.prefix, typed.join("; "));
    }
    const details = make("details");
    details.append(make("summary", words.typed), list);
    return details;
  };

  const offer = (entryId, entry, message, actions) => {
    const shown = make("div", "", { className: "kept-offer" });
    const buttons = make("p", "", { className: "kept-buttons" });
    const discard = make("button", words.discard, { type: "button", className: "button" });
    discard.addEventListener("click", () => {
      keptStore.remove(entryId);
      shown.remove();
    });
    buttons.append(...actions(shown), discard);
    shown.append(make("p", message), typedList(entry), buttons);
    box.append(shown);
  };

  const putBackButton = (entryId, isNew) => (shown) => {
    const button = make("button", words.putBack, { type: "button", className: "button default" });
    button.addEventListener("click", () => {
      const entry = keptStore.read(entryId);
      if (entry) keptFields.putBack(form, entry, isNew);
      keep();
      keptStore.remove(entryId);
      shown.replaceChildren(make("p", words.isBack));
    });
    return [button];
  };

  const offerHere = (entryId, entry, isNew) => {
    const message = fill(isNew ? words.other : words.here, { when: when(entry) });
    offer(entryId, entry, message, putBackButton(entryId, isNew));
  };

  const link = (text, href) => make("a", text, { href, className: "button" });

  const offerElsewhere = (entryId, entry) => {
    const message = fill(words.elsewhere, { heading: entry.heading, when: when(entry) });
    offer(entryId, entry, message, () => {
      const links = [link(words.open, entry.href)];
      const asNew = entry.href.replace(/[^/]+\/change\/(\?.*)?$/, "add/");
      if (asNew !== entry.href) links.push(link(words.asNew, `${asNew}#kept=${entryId}`));
      return links;
    });
  };

  // Each is offered when no open page holds it: not while it is still being typed in another.
  const offerAll = () => {
    const wanted = /^#kept=([0-9a-f]+)$/.exec(location.hash)?.[1];
    for (const [entryId, { address, href }] of keptStore.all()) {
      if (entryId === id) continue;
      const isHere = form && address === addressOf(location);
      const isPart = form && !isHere && href.startsWith(`${location.pathname}?`);
      if (form && !isHere && !isPart && entryId !== wanted) continue;
      keptStore.whenFree(entryId, () => {
        keptStore.forgetSaved(adminRoot);
        const entry = keptStore.read(entryId);
        if (!entry) return;
        if (isHere || entryId === wanted) offerHere(entryId, entry, !isHere);
        else offerElsewhere(entryId, entry);
      });
    }
  };

  const drop = () => {
    keptStore.remove(id);
    isLeaving = "dropped";
  };

  const isToBeSaved = () => isWaiting || isUnsaved || Boolean(isStarted && collect());

  const watchLeaving = () => {
    form.addEventListener("submit", () => {
      if (!isWaiting) keep();
      isLeaving = true;
      setTimeout(() => (isLeaving = false), PAUSE);
    });
    document.querySelectorAll("[data-unsaved-discard]").forEach((one) => one.addEventListener("click", drop));
    window.addEventListener("beforeunload", (event) => {
      if (!isWaiting && timer) keep();
      if (!isLeaving && isToBeSaved()) event.preventDefault();
    });
  };

  const watchTyping = () => {
    for (const type of ["input", "change", "click", "formset:added", "formset:removed"]) {
      document.addEventListener(type, keepSoon);
    }
    // Django's pop-ups tell jQuery alone.
    window.django?.jQuery?.(document).on("change", keepSoon);
    const keepNow = () => timer && keep();
    document.addEventListener("visibilitychange", keepNow);
    window.addEventListener("pagehide", keepNow);
  };

  const startForm = () => {
    form.append(make("input", "", { type: "hidden", name: "_kept", value: id }));
    keptStore.hold(id);
    watchLeaving();
    if (isWaiting) return;
    box.append(make("p", words.notKept, { id: "kept-not", className: "errornote", hidden: true }));
    keptFields.start(form);
    // After Django's scripts have dressed the form.
    window.addEventListener("load", () => {
      isStarted = true;
      watchTyping();
      keep();
      offerAll();
    });
  };

  keptStore.forgetSaved(adminRoot);
  // A pop-up may have saved its form and closed.
  window.addEventListener("focus", () => keptStore.forgetSaved(adminRoot));
  if (form) startForm();
  else if (!isPopup) offerAll();
})();
