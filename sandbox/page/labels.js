/** The labels of a chat, as colleagues in Business Suite set them. */
import { setLabel } from "./acts.js";
import { h } from "./dom.js";
import { words } from "./store.js";

/** @typedef {import("../world-views.ts").ThreadView} ThreadView */

/** @param {ThreadView} thread */
export function labels(thread) {
  const t = words();
  const b = t.backstage;
  const add = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const field = document.querySelector("#label-name");
    if (!(field instanceof HTMLInputElement) || field.value.trim() === "") return;
    void setLabel(thread, field.value.trim(), "add");
    field.value = "";
  };
  return h(
    "div",
    { key: "labels", class: "hands" },
    h("h4", {}, b.labelsTitle),
    thread.labels.length === 0
      ? h("p", { key: "none", class: "small" }, b.noLabels)
      : h(
          "ul",
          { key: "list", class: "row" },
          thread.labels.map((name) =>
            h(
              "li",
              { key: name },
              h(
                "button",
                {
                  type: "button",
                  class: "button quiet bordered",
                  "aria-label": b.removeLabel(name),
                  onclick: () => void setLabel(thread, name, "remove"),
                },
                `${name} ×`,
              ),
            ),
          ),
        ),
    h(
      "form",
      { class: "inline-form", onsubmit: add },
      h("input", {
        class: "field",
        id: "label-name",
        maxlength: 50,
        autocomplete: "off",
        "aria-label": b.labelName,
        placeholder: b.labelName,
      }),
      h("button", { type: "submit", class: "button" }, b.addLabel),
    ),
  );
}
