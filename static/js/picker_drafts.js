// Makes drafts of what the list of a picker does not have, and takes them back.
"use strict";

(() => {
  const { boxNear, choose, frameOf, make, say, sayFacts, unchoose } = pickerFields;
  const { close, panelOf } = pickers;

  const send = async (box, ending, fields) => {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", box.form.elements.csrfmiddlewaretoken.value);
    const { picker, failedWords } = frameOf(box).dataset;
    try {
      const headers = { Accept: "application/json" };
      return await (await fetch(`${picker}${ending}/`, { method: "POST", body, headers })).json();
    } catch {
      return { problem: failedWords };
    }
  };

  const takeBack = async (box, keys) => {
    const answer = await send(box, "take-back", keys.map((key) => ["key", key]));
    if (!answer.problem) {
      unchoose(box, keys.at(-1));
      box.focus();
    }
    say(box, answer.problem ?? answer.said);
  };

  const sayMade = (box, { option, keys, said, takeBack: words }) => {
    const button = make("button", words, { type: "button", className: "picker-back" });
    button.addEventListener("click", () => takeBack(box, keys));
    sayFacts(box, option, ` · ${said} `, button);
  };

  const makeDrafts = async (box, kinds) => {
    const panel = panelOf(box);
    const fields = [["text", box.value], ...kinds.map((kind) => ["kind", kind])];
    fields.push(["locator", panel.querySelector("[data-picker-locator]")?.value ?? ""]);
    if (panel.querySelector("[data-picker-whole]")?.checked) fields.push(["whole", "1"]);
    const answer = await send(box, "make", fields);
    if (answer.problem) return say(box, answer.problem);
    box.focus();
    close(box);
    choose(box, answer.option, () => sayMade(box, answer));
  };

  const kindsIn = (panel) =>
    [...panel.querySelectorAll("fieldset")].map((part) => part.querySelector("input:checked")?.value ?? "");

  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-picker-kind], [data-picker-make]");
    if (!button) return;
    const box = boxNear(button);
    makeDrafts(box, button.dataset.pickerKind ? [button.dataset.pickerKind] : kindsIn(panelOf(box)));
  });
})();
