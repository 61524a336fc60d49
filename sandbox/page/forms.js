/** Instant Forms: a card like an ad's, and the form itself on a sheet. */
import { pageFace } from "./art.js";
import { tell } from "./client.js";
import { h, show } from "./dom.js";
import { icon } from "./icons.js";
import { store, words } from "./store.js";

/** @typedef {import("../world.ts").InstantForm} InstantForm */

/** @type {InstantForm | null} */
let shown = null;
let isSent = false;
/** @type {string | null} */
let refusal = null;

const dialog = () => /** @type {HTMLDialogElement} */ (document.querySelector("#form"));

/** @param {InstantForm} form */
export function formCard(form) {
  const t = words();
  const page = store.state?.pages.find(({ id }) => id === form.pageId) ?? { id: form.pageId, name: form.pageId };
  const name = `form-${form.id}`;
  return h(
    "article",
    { key: form.id, class: "card", "aria-labelledby": name },
    h(
      "header",
      { class: "card-head" },
      pageFace(page),
      h("div", {}, h("p", { class: "card-page" }, page.name), h("p", { class: "small" }, t.sponsored)),
    ),
    h("p", { class: "card-body" }, t.ads.formSays),
    h(
      "div",
      { class: "card-foot" },
      h("div", { class: "card-title" }, h("p", { class: "small" }, "Instant Form"), h("h3", { id: name }, form.name)),
      h(
        "button",
        {
          type: "button",
          class: "button strong",
          "aria-label": `${t.ads.fillIn}: ${form.name}`,
          onclick: () => open(form),
        },
        t.ads.fillIn,
      ),
    ),
  );
}

/** @param {InstantForm} form */
function open(form) {
  shown = form;
  isSent = false;
  refusal = null;
  drawForm();
  dialog().showModal();
}

const types = { EMAIL: "email", PHONE: "tel" };

export function drawForm() {
  if (shown === null) return;
  const t = words();
  const form = shown;
  dialog().setAttribute("aria-labelledby", "form-title");
  show(
    dialog(),
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id: "form-title" }, form.name),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": t.close,
          title: t.close,
          onclick: () => dialog().close(),
        },
        icon("close"),
      ),
    ),
    isSent && h("p", { key: "sent", role: "status" }, t.ads.formSent),
    refusal !== null && h("p", { key: "refusal", class: "notice is-bad", role: "alert" }, refusal),
    !isSent &&
      h(
        "form",
        { key: form.id, class: "tray-form", onsubmit: send },
        form.questions.map(({ key, label, type }) =>
          h(
            "label",
            { key, class: "labelled" },
            h("span", {}, label),
            h("input", {
              class: "field",
              name: key,
              type: Object.entries(types).find(([one]) => one === type)?.[1] ?? "text",
              value: type === "FULL_NAME" ? store.me.name : undefined,
              autocomplete: "off",
            }),
          ),
        ),
        tick("form-organic", t.ads.formOrganic),
        tick("form-test", t.ads.formTest),
        h("button", { type: "submit", class: "button strong" }, t.ads.formSend),
      ),
  );
}

/** @param {string} id @param {string} word */
function tick(id, word) {
  return h("label", { key: id, class: "tick" }, h("input", { type: "checkbox", id }), h("span", {}, word));
}

/** @param {string} id */
function isTicked(id) {
  const box = document.querySelector(`#${id}`);
  return box instanceof HTMLInputElement && box.checked;
}

/** @param {SubmitEvent} event */
async function send(event) {
  event.preventDefault();
  if (shown === null || !(event.target instanceof HTMLFormElement)) return;
  const given = [...new FormData(event.target)].map(([key, value]) => [key, String(value).trim()]);
  const answers = Object.fromEntries(given.filter(([, value]) => value !== "").map(([key, value]) => [key, [value]]));
  try {
    const { pageId, id: formId } = shown;
    const kind = { organic: isTicked("form-organic"), test: isTicked("form-test") };
    await tell("/instant-forms/submit", { pageId, formId, answers, ...kind });
    isSent = true;
    refusal = null;
  } catch (error) {
    refusal = error instanceof Error ? error.message : String(error);
  }
  drawForm();
}
