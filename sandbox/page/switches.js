/** Controls that show the world's state: when a change is refused, they turn back. */
import { h } from "./dom.js";

/** @param {string} word @param {string | import("./dom.js").Child[]} hint @param {boolean} isOn @param {(isOn: boolean) => unknown} set */
export function toggle(word, hint, isOn, set) {
  const change = (/** @type {Event} */ event) => {
    if (event.target instanceof HTMLInputElement) set(event.target.checked);
  };
  return h(
    "label",
    { class: "switch", key: word },
    h("span", {}, word, hint === "" ? null : h("span", { class: "small" }, hint)),
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

/**
 * @template {string | number} V
 * @param {string} id @param {string} word @param {V} value @param {V[]} values @param {(value: V) => string} say @param {(value: V) => unknown} set
 * @param {string | import("./dom.js").Child[]} [hint]
 */
export function choice(id, word, value, values, say, set, hint = "") {
  const offered = values.includes(value) ? values : [...values, value];
  const change = (/** @type {Event} */ event) => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const chosen = offered[event.target.selectedIndex];
    if (chosen !== undefined) set(chosen);
  };
  const options = offered.map((one) => h("option", { value: one, selected: one === value }, say(one)));
  return h(
    "label",
    { class: "choice", key: id },
    h("span", {}, word, hint === "" ? null : h("span", { class: "small" }, hint)),
    h("select", { class: "field", "data-bound": true, "aria-label": word, onchange: change }, options),
  );
}

/** A word with a sentence, and what can be done about it below. @param {string} key @param {string} word @param {import("./dom.js").Child[]} hint @param {...import("./dom.js").Child} acts */
export function deed(key, word, hint, ...acts) {
  return h(
    "div",
    { key, class: "deed", role: "group", "aria-label": word },
    h("p", {}, word, h("span", { class: "small" }, hint)),
    h("div", { class: "row" }, acts),
  );
}

/** @param {string} word @param {() => unknown} act @param {string} [label] */
export function push(word, act, label) {
  return h(
    "button",
    { key: word, type: "button", class: "button", "aria-label": label, onclick: () => void act() },
    word,
  );
}

/** A choice that nothing follows from until a button beside it is pressed. @param {string} id @param {string} word @param {[string | number, string][]} values */
export function menu(id, word, values) {
  return h(
    "select",
    { key: id, class: "field", id, "aria-label": word },
    values.map(([value, said]) => h("option", { value }, said)),
  );
}

/** @param {string} id */
export function chosen(id) {
  const select = document.querySelector(`#${id}`);
  return select instanceof HTMLSelectElement ? select.value : "";
}
