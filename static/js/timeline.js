// The drawn timeline with a script: its links change the picture in place, the marks are one stop of
// the Tab key with arrow keys among them, and a time is chosen by drawing over the lanes. Without a
// script every link loads the page.
"use strict";

{
  const DAY = 86_400_000; // milliseconds
  const list = () => document.getElementById("list");
  const marks = (lane) => [...(lane ?? list()).querySelectorAll("a.drawn")];
  const isRightToLeft = () => getComputedStyle(list()).direction === "rtl";

  const show = (address) => htmx.ajax("GET", address, { target: "#list", swap: "innerMorph" });
  const chosen = () => document.getElementById("chosen");
  let wasChosen = null; // what the panel was about

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".drawing a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const href = link.getAttribute("href");
    const address = new URL(href, location.href);
    if (address.pathname !== location.pathname || href.startsWith("#")) return;
    event.preventDefault();
    show(address.pathname + address.search);
  });

  // ---- One mark at a time is in the order of the Tab key.

  const rove = (wanted) => {
    const all = marks(list().querySelector(".lanes"));
    const chosen = wanted ?? all.find((mark) => mark.classList.contains("is-chosen")) ?? all[0];
    if (!chosen) return null;
    // The labels of the axis do what the keys for zoom do.
    const others = list().querySelectorAll(".lanes-head a, a.drawn");
    for (const other of others) other.setAttribute("tabindex", other === chosen ? "0" : "-1");
    return chosen;
  };
  document.addEventListener("DOMContentLoaded", () => {
    wasChosen = rove()?.closest(".is-chosen")?.href;
  });
  // A panel that opens takes the focus, and hands it back to the mark.
  document.addEventListener("htmx:after:swap", () => {
    if (!list()) return;
    const mark = rove(wasChosen && marks().find(({ href }) => href === wasChosen));
    const now = marks().find(({ classList }) => classList.contains("is-chosen"))?.href;
    if (now && now !== wasChosen) chosen()?.focus({ preventScroll: true });
    else if (!now && wasChosen) mark?.focus({ preventScroll: true });
    wasChosen = now;
  });

  const middle = (mark) => {
    const { left, width } = mark.querySelector("rect").getBoundingClientRect();
    return left + width / 2;
  };
  const beside = (mark, step) => {
    const lane = marks(mark.closest(".lane")).sort((one, other) => middle(one) - middle(other));
    return lane[lane.indexOf(mark) + step];
  };
  // The mark of the next lane that has any, nearest in time.
  const across = (mark, step) => {
    const lanes = [...list().querySelectorAll(".lanes-body > .lane")].filter((lane) => marks(lane).length);
    const lane = lanes[lanes.indexOf(mark.closest(".lane")) + step];
    const away = (other) => Math.abs(middle(other) - middle(mark));
    return lane && marks(lane).sort((one, other) => away(one) - away(other))[0];
  };
  const MOVES = {
    ArrowLeft: (mark) => beside(mark, -1),
    ArrowRight: (mark) => beside(mark, 1),
    ArrowUp: (mark) => across(mark, -1),
    ArrowDown: (mark) => across(mark, 1),
  };
  const LINKS = { "+": '[data-step="+"]', "-": '[data-step="−"]', Escape: ".chosen-close" };

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const mark = event.target.closest?.("a.drawn");
    const found = mark && MOVES[event.key]?.(mark);
    if (found) {
      event.preventDefault();
      rove(found).focus();
    } else if (LINKS[event.key] && (mark || event.target.closest?.(".drawing"))) {
      list().querySelector(`.drawing ${LINKS[event.key]}`)?.click();
    }
  });

  // ---- A time is drawn over the lanes; its ends snap to days, months or years.

  let start = null; // where the pointer went down, and the box that is drawn
  const share = (body, x) => {
    const { left, right, width } = body.querySelector(".lanes-behind").getBoundingClientRect();
    const at = (100 * (isRightToLeft() ? right - x : x - left)) / width;
    return Math.min(Math.max((at - body.dataset.start) / body.dataset.room, 0), 1);
  };
  const dayAt = (body, x) => Math.min(Math.floor(share(body, x) * body.dataset.days), body.dataset.days - 1);
  const text = (body, day) => new Date(Date.parse(body.dataset.first) + day * DAY).toISOString().slice(0, 10);
  const spanOf = (body, one, other) => {
    const days = [dayAt(body, one), dayAt(body, other)].sort((a, b) => a - b);
    const length = days[1] - days[0] > 730 ? 4 : days[1] - days[0] > 62 ? 7 : 10;
    const [first, last] = days.map((day) => text(body, day).slice(0, length));
    return first === last ? first : `${first}/${last}`;
  };

  document.addEventListener("pointerdown", (event) => {
    const body = event.target.closest?.(".lanes-body");
    if (!body?.dataset.first || event.button || event.pointerType === "touch" || event.target.closest("a")) return;
    start = { body, x: event.clientX };
  });
  document.addEventListener("pointermove", (event) => {
    if (!start || Math.abs(event.clientX - start.x) < 8) return;
    event.preventDefault();
    start.box ??= start.body.appendChild(Object.assign(document.createElement("div"), { className: "lanes-chosen" }));
    const { left, width } = start.body.getBoundingClientRect();
    const [low, high] = [start.x, event.clientX].sort((a, b) => a - b);
    start.box.style.setProperty("inset", `0 auto 0 ${low - left}px`);
    start.box.style.setProperty("inline-size", `${Math.min(high, left + width) - low}px`);
  });
  document.addEventListener("pointerup", (event) => {
    const { body, x, box } = start ?? {};
    start = null;
    box?.remove();
    if (!box) return;
    const address = new URL(location.href);
    address.searchParams.set("span", spanOf(body, x, event.clientX));
    show(address.pathname + address.search);
  });
}
