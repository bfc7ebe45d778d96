// Where text that was typed and not saved is kept: this browser's storage, by account and form.
"use strict";

const keptStore = (() => {
  const NAME = "chancery-kept";
  const MAX_AGE = 30 * 24 * 3600 * 1000; // milliseconds
  const MAX_ENTRY = 500_000; // characters
  const MAX_ALL = 2_000_000; // characters, of all accounts; browsers hold about five million
  const GRACE = 1000; // milliseconds
  const SAVED = "saved"; // the cookie by which the server names what it has saved
  const account = document.querySelector("[data-kept]")?.dataset.kept ?? "";
  const keyOf = (id) => `${NAME}:${account}:${id}`;

  const parse = (text) => {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  };

  // [key, entry, length] of all that is kept, the oldest first; what cannot be read counts as oldest.
  const everything = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(`${NAME}:`))
      .map((key) => {
        const text = localStorage.getItem(key) ?? "";
        return [key, parse(text), text.length];
      })
      .sort((one, other) => (one[1]?.at ?? 0) - (other[1]?.at ?? 0));

  const prune = (room = 0) => {
    const rows = everything();
    let total = rows.reduce((sum, row) => sum + row[2], room);
    for (const [key, entry, length] of rows) {
      if (entry && Date.now() - entry.at < MAX_AGE && total <= MAX_ALL) continue;
      localStorage.removeItem(key);
      total -= length;
    }
  };

  const savedIds = () => {
    const found = document.cookie.split("; ").find((cookie) => cookie.startsWith(`${SAVED}=`));
    return found ? found.slice(SAVED.length + 1).split(".") : [];
  };

  // A browser may refuse its storage altogether: then nothing is kept, and nothing else fails.
  const careful = (action, otherwise) => {
    try {
      return action();
    } catch {
      return otherwise;
    }
  };

  // When no page holds it (any more). A form that comes back from the server takes it again.
  const whenFree = async (id, action) => {
    if (!navigator.locks) return action();
    const name = keyOf(id);
    const isHeld = async () => (await navigator.locks.query()).held.some((lock) => lock.name === name);
    while (await isHeld()) {
      await navigator.locks.request(name, () => {});
      await new Promise((resolve) => setTimeout(resolve, GRACE));
    }
    return action();
  };

  return {
    // False where the text cannot be kept.
    write: (id, entry) =>
      careful(() => {
        const text = JSON.stringify(entry);
        if (text.length > MAX_ENTRY) return false;
        localStorage.removeItem(keyOf(id));
        prune(text.length);
        localStorage.setItem(keyOf(id), text);
        return true;
      }, false),
    read: (id) => careful(() => parse(localStorage.getItem(keyOf(id)) ?? "null"), null),
    remove: (id) => careful(() => localStorage.removeItem(keyOf(id))),
    // [id, entry] of this account, the newest first.
    all: () =>
      careful(() => {
        prune();
        return everything()
          .filter(([key]) => key.startsWith(keyOf("")))
          .map(([key, entry]) => [key.slice(keyOf("").length), entry])
          .reverse();
      }, []),
    // The server's word: these forms were saved.
    forgetSaved: (path) =>
      careful(() => {
        const ids = savedIds();
        if (!ids.length) return;
        for (const [key] of everything()) {
          if (ids.includes(key.split(":").at(-1))) localStorage.removeItem(key);
        }
        document.cookie = `${SAVED}=; path=${path}; max-age=0`;
      }),
    // Held as long as the page is open, so that its text is not offered elsewhere meanwhile.
    hold: (id) => void navigator.locks?.request(keyOf(id), () => new Promise(() => {})),
    whenFree,
    newId: () => {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    },
  };
})();
