/** The whole world of the sandbox: some life for it, or a new one. */
import { seedSome, startOver } from "./acts.js";
import { h } from "./dom.js";
import { store, words } from "./store.js";

export function world() {
  const t = words();
  const { state } = store;
  return h(
    "details",
    { key: "world", class: "group fold" },
    h("summary", {}, h("h3", {}, t.world)),
    state && h("p", { class: "hint" }, t.worldFacts(state.threadCount)),
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "button", onclick: () => void seedSome() }, t.seedSome),
      h("button", { type: "button", class: "button danger", onclick: askReset }, t.reset),
    ),
    h(
      "dialog",
      { id: "reset", class: "ask", "aria-labelledby": "reset-ask" },
      h("p", { id: "reset-ask" }, t.resetAsk),
      h(
        "div",
        { class: "row" },
        h("button", { type: "button", class: "button", onclick: closeReset }, t.cancel),
        h("button", { type: "button", class: "button danger", onclick: reset }, t.resetYes),
      ),
    ),
  );
}

function resetDialog() {
  return /** @type {HTMLDialogElement | null} */ (document.querySelector("#reset"));
}

function askReset() {
  resetDialog()?.showModal();
}

function closeReset() {
  resetDialog()?.close();
}

function reset() {
  closeReset();
  void startOver();
}
