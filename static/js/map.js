// The map with a script: the wheel with Ctrl held, or two fingers, follow the links "Zoom in" and
// "Zoom out", one step for each gesture. The wheel alone scrolls the page, as everywhere.
"use strict";

{
  const APART = 1.25; // how much further apart, or closer, two fingers are for a step
  const PAUSE = 400; // milliseconds: a trackpad tells of one gesture many times
  const fingers = new Map(); // by pointer: where it is
  let apart = 0; // the distance of two fingers when they came down
  let last = -PAUSE; // when a step was taken

  const zoom = (way) => document.getElementById(`map-${way}`)?.click();
  const isOnMap = ({ target }) => target.closest?.(".map-picture");
  const distance = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };

  const onWheel = (event) => {
    if (!event.ctrlKey || !isOnMap(event)) return;
    event.preventDefault();
    if (event.timeStamp - last < PAUSE) return;
    last = event.timeStamp;
    zoom(event.deltaY < 0 ? "closer" : "wider");
  };
  document.addEventListener("wheel", onWheel, { passive: false });

  document.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" || !isOnMap(event)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    apart = fingers.size === 2 ? distance() : 0;
  });
  document.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (!apart || fingers.size !== 2) return;
    const times = distance() / apart;
    if (times < APART && times > 1 / APART) return;
    apart = 0;
    zoom(times > 1 ? "closer" : "wider");
  });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, ({ pointerId }) => {
      fingers.delete(pointerId);
      apart = 0;
    });
  }
}
