/** Fields of the editor: a word, a control, and at most one sentence on what follows from it. */
import { h } from "./dom.js";

/** @param {Event} event */
function textOf({ target }) {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : "";
}

/** @param {string} key @param {string} word @param {import("./dom.js").Child} control @param {string} [hint] */
function labelled(key, word, control, hint) {
  return h(
    "label",
    { key, class: "labelled" },
    h("span", {}, word, hint === undefined ? null : h("span", { class: "small" }, hint)),
    control,
  );
}

/** @param {string} key @param {string} word @param {string} value @param {(text: string) => unknown} set @param {{ hint?: string, required?: boolean }} [more] */
export function line(key, word, value, set, { hint, required = false } = {}) {
  const oninput = (/** @type {Event} */ event) => void set(textOf(event));
  return labelled(
    key,
    word,
    h("input", { class: "field", value, required, oninput, dir: "auto", "aria-label": word }),
    hint,
  );
}

/** @param {string} key @param {string} word @param {string} value @param {(text: string) => unknown} set @param {string} [hint] */
export function area(key, word, value, set, hint) {
  const oninput = (/** @type {Event} */ event) => void set(textOf(event));
  return labelled(
    key,
    word,
    h("textarea", { class: "field", rows: 2, oninput, dir: "auto", "aria-label": word }, value),
    hint,
  );
}

/** @param {string} key @param {string} word @param {string} value @param {Record<string, string>} offered @param {(value: string) => unknown} set @param {string} [hint] */
export function choose(key, word, value, offered, set, hint) {
  const onchange = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLSelectElement) set(event.target.value);
  };
  const options = Object.entries(offered).map(([one, said]) =>
    h("option", { value: one, selected: one === value }, said),
  );
  return labelled(
    key,
    word,
    h("select", { class: "field", "data-bound": true, onchange, "aria-label": word }, options),
    hint,
  );
}

/** @param {string} key @param {string} word @param {boolean} isOn @param {(isOn: boolean) => unknown} set @param {string} [hint] */
export function check(key, word, isOn, set, hint) {
  const onchange = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLInputElement) set(event.target.checked);
  };
  return h(
    "label",
    { key, class: "tick" },
    h("input", { type: "checkbox", checked: isOn, onchange, "aria-label": word }),
    h("span", {}, word, hint === undefined ? null : h("span", { class: "small" }, hint)),
  );
}
