// Lists that htmx changes in place: what an answer changes around the list, and what is said and
// done when none comes. Without a script forms and links load whole pages.
"use strict";

{
  const form = () => document.getElementById("filters");
  const region = () => document.getElementById("failure");
  const isRestoring = (ctx) => "HX-History-Restore-Request" in ctx.request.headers;
  // Lists and restored pages are views; suggestions and values of a facet are not.
  const isView = (ctx) => ctx.target?.id === "list" || isRestoring(ctx);

  let latest = null; // the view that was asked for last
  let pending = null; // the same, until it is answered
  let failed = null; // what "Try again" asks for
  let isLeaving = false;

  // ---- One request for each view, and the newest answer only.

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    const address = new URL(ctx.request.action, location.href);
    for (const [name, value] of ctx.request.body ?? []) address.searchParams.append(name, value);
    ctx.asked = address.searchParams;
    if (!isView(ctx)) return;
    // Enter changes the box and submits the form: both ask for the same.
    if (!isRestoring(ctx) && pending?.address === address.href) event.preventDefault();
    else latest = pending = Object.assign(ctx, { address: address.href });
  });

  // Pages that are gone back to have no limit of their own.
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (!isRestoring(ctx)) return;
    const limit = AbortSignal.timeout(htmx.config.defaultTimeout);
    ctx.request.signal = AbortSignal.any([ctx.request.signal, limit].filter(Boolean));
  });

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (isView(ctx)) ctx.head = headOf(ctx.text);
    if (isView(ctx) && ctx !== latest) event.preventDefault();
    else if (ctx.response.status >= 400 || (isView(ctx) && !ctx.head)) {
      event.preventDefault();
      fail(ctx, messageOf(ctx.text));
    }
  });

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (pending === ctx) pending = null;
  });

  // ---- History: one entry for each view.

  const isShown = (path) => {
    const address = new URL(path, location.href);
    const [asked, shown] = [address, location].map(({ search }) => `${new URLSearchParams(search)}`);
    return address.pathname === location.pathname && asked === shown;
  };
  document.addEventListener("htmx:before:history:update", (event) => {
    if (isShown(event.detail.history.path)) event.preventDefault();
  });
  // Entries that links within the page of a list make are restored like its others.
  window.addEventListener("hashchange", () => {
    if (form() && !history.state?.htmx) history.replaceState({ ...history.state, htmx: true }, "");
  });

  // ---- What belongs to a view: its head, and the state of its form.

  const OF_VIEW =
    "meta[name=description], meta[name=robots], link[rel=canonical], link[rel=alternate], meta[property]";

  // Nothing where the text is no answer of this site.
  const headOf = (text) => {
    const { head } = new DOMParser().parseFromString(text, "text/html");
    return head.querySelector("link[rel=canonical]") ? head : null;
  };
  const renewHead = (head) => {
    document.head.querySelectorAll(OF_VIEW).forEach((element) => element.remove());
    document.head.querySelector("title").after(...head.querySelectorAll(OF_VIEW));
  };

  const settleField = (field, asked) => {
    if (field.type === "checkbox") field.checked = field.defaultChecked;
    else if (field.tagName === "SELECT") {
      for (const option of field.options) option.selected = option.defaultSelected;
    } else if (field.value !== field.defaultValue) {
      // What is being typed was not asked for yet: it stays.
      const isTyped = field === document.activeElement && field.value !== asked?.get(field.name);
      if (!asked || !isTyped) field.value = field.defaultValue;
    }
  };
  // The form shows what the list shows, as the server wrote both; `asked` is the query that was
  // answered, or not.
  const settle = (asked) => {
    const isField = (element) => element.matches("input:not([type=hidden]), select");
    [...(form()?.elements ?? [])].filter(isField).forEach((field) => settleField(field, asked));
    document.dispatchEvent(new Event("chancery:settled"));
  };

  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (failed && (isView(ctx) || failed.name === nameOf(ctx))) clear();
    if (!isView(ctx)) return;
    renewHead(ctx.head);
    settle(ctx.asked);
  });

  // A page that comes back from the browser's memory has what was typed before it was left.
  window.addEventListener("pagehide", () => (isLeaving = true));
  window.addEventListener("pageshow", (event) => {
    isLeaving = false;
    if (event.persisted) settle();
  });

  // ---- No answer, or one that is an error.

  const nameOf = (ctx) => {
    if (isView(ctx)) return "noList";
    return ctx.target?.matches("[role=grid]") ? "noSuggestions" : "noValues";
  };

  // What the site says in a page of an error: its heading and the sentence below.
  const messageOf = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const parts = [page.querySelector("h1"), page.querySelector(".lede")];
    const words = parts.map((part) => part?.textContent.trim().slice(0, 300)).filter(Boolean);
    return words.map((sentence) => sentence.replace(/[^.!?…]$/, "$&.")).join(" ");
  };
  const reasonOf = (error) => {
    const { offline, silent, slow } = region()?.dataset ?? {};
    if (error === "timeout" || error?.name === "TimeoutError") return slow;
    return navigator.onLine ? silent : offline;
  };

  document.addEventListener("htmx:error", ({ detail: { ctx, error } }) => {
    if (!ctx?.request || isLeaving) return;
    if (isView(ctx) && ctx !== latest) return;
    fail(ctx, reasonOf(error));
  });

  const fail = (ctx, reason) => {
    const name = nameOf(ctx);
    if (!region()) return;
    if (name === "noList") settle(ctx.asked);
    // That there are no suggestions is the lesser news.
    else if (failed?.name === "noList") return;
    failed = { name, ctx };
    const words = region().dataset;
    say([words[name], reason || words.silent, name === "noList" && words.unchanged]);
  };

  const say = (sentences) => {
    let notice = region().querySelector(".failure-notice");
    if (!notice) {
      notice = document.createElement("div");
      notice.className = "failure-notice";
      const button = document.createElement("button");
      Object.assign(button, { type: "button", textContent: region().dataset.again });
      button.addEventListener("click", tryAgain);
      notice.append(document.createElement("p"), button);
      region().append(notice);
    }
    notice.querySelector("p").textContent = sentences.filter(Boolean).join(" ");
  };

  const clear = () => {
    failed = null;
    region()?.replaceChildren();
  };

  const tryAgain = ({ currentTarget: button }) => {
    const { name, ctx } = failed;
    const { action, headers } = ctx.request;
    say([region().dataset.trying]);
    const target = isRestoring(ctx) ? document.body : document.getElementById(ctx.target.id);
    if (!target) return clear();
    const options = { target, swap: ctx.swap, select: ctx.select };
    if (isRestoring(ctx)) options.request = { headers };
    else options.source = button;
    if (name === "noList") button.setAttribute("hx-sync", "#list:replace");
    else button.removeAttribute("hx-sync");
    htmx.ajax("GET", action, options);
  };
}
