/** The editor of an ad's message template, in a sheet of its own. Nothing changes before it is saved. */
import { attempt } from "./acts.js";
import { change, look, tell } from "./client.js";
import { h, show } from "./dom.js";
import { area, check, choose, line } from "./editor-fields.js";
import { steps } from "./editor-steps.js";
import { icon } from "./icons.js";
import { readState, store, words } from "./store.js";

/** @typedef {import("../template-body.ts").AdTemplate} AdTemplate */

/** @type {AdTemplate | null} */
let draft = null;
let isNew = false;
let opened = 0;
/** @type {string | null} */
let refusal = null;

/** @returns {HTMLDialogElement} */
const dialog = () => /** @type {HTMLDialogElement} */ (document.querySelector("#editor"));

/** @param {string} adId */
export async function editAd(adId) {
  await attempt(async () => {
    const { ads } = await look("/templates");
    open(ads.find((/** @type {AdTemplate} */ ad) => ad.adId === adId) ?? null, false);
  });
}

/** Begins with the settings of the page's first ad, as a copy in Ads Manager does. @param {string} pageId */
export async function newAd(pageId) {
  await attempt(async () => {
    const { ads } = await look("/templates");
    const like = ads.find((/** @type {AdTemplate} */ ad) => ad.pageId === pageId);
    open(like ? { ...like, adTitle: "" } : null, true);
  });
}

/** @param {AdTemplate | null} template @param {boolean} isFresh */
function open(template, isFresh) {
  draft = template;
  isNew = isFresh;
  refusal = null;
  opened += 1;
  drawEditor();
  if (draft !== null && !dialog().open) dialog().showModal();
}

export function drawEditor() {
  const t = words();
  if (draft === null) return;
  const { ads: w } = t;
  const page = store.state?.pages.find(({ id }) => id === draft?.pageId)?.name ?? "";
  const title = isNew ? w.newOn(page) : w.editAd(draft.adTitle);
  dialog().setAttribute("aria-labelledby", "editor-title");
  show(
    dialog(),
    h(
      "form",
      { key: opened, class: "editor", onsubmit: save },
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id: "editor-title" }, title),
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
      h("div", { class: "editor-body" }, ...parts(draft)),
      h(
        "footer",
        { class: "row editor-foot" },
        refusal !== null && h("p", { key: "refusal", class: "notice is-bad", role: "alert" }, refusal),
        h("button", { type: "submit", class: "button strong" }, isNew ? w.create : w.save),
        h("button", { type: "button", class: "button", onclick: () => dialog().close() }, t.cancel),
      ),
    ),
  );
}

/** @param {AdTemplate} ad */
function parts(ad) {
  const { ads: w } = words();
  const part = (/** @type {keyof typeof w.parts} */ name, /** @type {import("./dom.js").Child[]} */ ...fields) =>
    h("fieldset", { key: name, class: "part" }, h("legend", {}, w.parts[name]), fields);
  const apps = {
    null: w.apps.none,
    [store.state?.apps.ours ?? ""]: w.apps.ours,
    [store.state?.apps.other ?? ""]: w.apps.other,
  };
  const days = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [String(n), w.days(n)]));
  return [
    part(
      "ad",
      line("title", w.adTitle, ad.adTitle, (text) => (ad.adTitle = text), { required: true }),
      area("body", w.body, ad.body, (text) => (ad.body = text)),
      choose("language", w.language, ad.language, { de: "Deutsch", en: "English" }, (one) => {
        ad.language = one === "en" ? "en" : "de";
      }),
      area("intro", w.intro, ad.intro, (text) => (ad.intro = text)),
    ),
    part("questions", ...steps(ad, drawEditor)),
    part(
      "after",
      area("confirmation", w.confirmation, ad.confirmation, (text) => (ad.confirmation = text)),
      area("disqualify", w.disqualifyText, ad.disqualifyText, (text) => (ad.disqualifyText = text)),
      area(
        "reminder",
        w.reminder,
        ad.reminder ?? "",
        (text) => (ad.reminder = text === "" ? null : text),
        w.reminderHint,
      ),
    ),
    part(
      "switches",
      choose(
        "connected",
        w.connected,
        String(ad.connectedAppId),
        apps,
        (id) => (ad.connectedAppId = id === "null" ? null : id),
        w.connectedHint,
      ),
      check("summary", w.summary, ad.sendSummary, (isOn) => (ad.sendSummary = isOn), w.summaryHint),
      check("interrupt", w.interrupt, ad.allowInterrupt, (isOn) => (ad.allowInterrupt = isOn), w.interruptHint),
      check("block", w.block, ad.blockSendApi, (isOn) => (ad.blockSendApi = isOn), w.blockHint),
      check("labels", w.labels, ad.labels, (isOn) => (ad.labels = isOn), w.labelsHint),
      line("keywords", w.stopWords, ad.stopKeywords.join(", "), (text) => (ad.stopKeywords = wordsIn(text)), {
        hint: w.stopWordsHint,
      }),
      area("stop", w.stopMessage, ad.stopMessage ?? "", (text) => (ad.stopMessage = text === "" ? null : text)),
      choose(
        "days",
        w.controlDays,
        String(ad.controlDays),
        days,
        (n) => (ad.controlDays = Number(n)),
        w.controlDaysHint,
      ),
    ),
    part(
      "meta",
      check("names", w.names, ad.namesAllowed, (isOn) => (ad.namesAllowed = isOn), w.namesHint),
      line("name", w.name, ad.name, (text) => (ad.name = text)),
      line("adset", w.adset, ad.adsetName, (text) => (ad.adsetName = text)),
      line("campaign", w.campaign, ad.campaignName, (text) => (ad.campaignName = text)),
      choose(
        "status",
        w.status,
        ad.effectiveStatus,
        { ACTIVE: "ACTIVE", PAUSED: "PAUSED", ARCHIVED: "ARCHIVED" },
        (one) => {
          ad.effectiveStatus = one;
        },
      ),
    ),
  ];
}

/** @param {string} text */
function wordsIn(text) {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** @param {SubmitEvent} event */
async function save(event) {
  event.preventDefault();
  if (draft === null) return;
  const { adId, ...template } = draft;
  try {
    if (isNew) await tell("/templates", template);
    else await change("PUT", `/templates/${adId}`, template);
    dialog().close();
    await readState();
  } catch (error) {
    refusal = error instanceof Error ? error.message : String(error);
    drawEditor();
  }
}
