/** Controls that show the world's state: when a change is refused, they turn back. */
import { h } from "./dom.js";

/** @param {string} word @param {string} hint @param {boolean} isOn @param {(isOn: boolean) => unknown} set */
export function toggle(word, hint, isOn, set) {
  const change = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLInputElement) set(event.target.checked);
  };
  return h(
    "label",
    { class: "switch", key: word },
    h("span", {}, word, h("span", { class: "small" }, hint)),
    h("input", {
      type: "checkbox",
      role: "switch",
      "data-bound": true,
      checked: isOn,
      onchange: change,
      "aria-label": word,
    }),
  );
}

/** @param {string} id @param {string} word @param {number} value @param {number[]} values @param {(n: number) => string} say @param {(n: number) => unknown} set */
export function choice(id, word, value, values, say, set) {
  const offered = values.includes(value) ? values : [...values, value];
  const change = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLSelectElement) set(Number(event.target.value));
  };
  const options = offered.map((n) => h("option", { value: n, selected: n === value }, say(n)));
  return h(
    "label",
    { class: "choice", key: id },
    h("span", {}, word),
    h("select", { class: "field", "data-bound": true, onchange: change }, options),
  );
}
