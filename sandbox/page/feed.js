/** The feed: every lead ad as a card, with its template's settings in words. */
import { tapAd } from "./acts.js";
import { adPicture, pageFace } from "./art.js";
import { h } from "./dom.js";
import { formCard } from "./forms.js";
import { icon } from "./icons.js";
import { chatPlace } from "./place.js";
import { keyOf, store, words } from "./store.js";
import { tryThis } from "./try.js";

/** @typedef {import("../world.ts").Ad} Ad */

export function feed() {
  const t = words();
  const ads = store.state?.ads ?? null;
  const forms = store.state?.instantForms.filter(({ status }) => status === "ACTIVE") ?? [];
  return h(
    "section",
    { key: "feed", class: "pane feed", id: "feed", "aria-labelledby": "feed-title" },
    tryThis(),
    h(
      "header",
      { class: "pane-head" },
      h("h2", { id: "feed-title", tabindex: -1 }, t.feed),
      h("p", { class: "hint" }, t.feedHint),
    ),
    ads === null ? skeleton() : h("div", { class: "cards" }, ads.map(card), forms.map(formCard)),
  );
}

function skeleton() {
  return h(
    "div",
    { class: "cards", key: "skeleton", "aria-busy": "true", "aria-label": words().loading, role: "status" },
    [1, 2, 3].map(() => h("div", { class: "card ghost" })),
  );
}

/** @param {Ad} ad */
function card(ad) {
  const t = words();
  const page = store.state?.pages.find(({ id }) => id === ad.pageId) ?? { id: ad.pageId, name: ad.pageId };
  const name = `ad-${ad.id}`;
  return h(
    "article",
    { key: ad.id, class: "card", "aria-labelledby": name },
    h(
      "header",
      { class: "card-head" },
      pageFace(page),
      h(
        "div",
        {},
        h("p", { class: "card-page" }, page.name),
        h("p", { class: "small" }, t.sponsored, " · ", icon("world", 12)),
      ),
    ),
    h("p", { class: "card-body", lang: ad.language }, ad.body),
    adPicture(ad),
    h(
      "div",
      { class: "card-foot" },
      h(
        "div",
        { class: "card-title" },
        h("p", { class: "small" }, t.messenger),
        h("h3", { id: name, lang: ad.language }, ad.title),
      ),
      tapButton(ad),
    ),
    h(
      "p",
      { class: "card-print small" },
      h("span", { class: "card-print-word" }, t.templateSettings),
      settingsInWords(ad),
    ),
  );
}

/** @param {Ad} ad */
function tapButton(ad) {
  const t = words();
  const psid = store.me.psids[ad.pageId];
  const chat = psid ? { pageId: ad.pageId, psid } : null;
  const flow = chat ? store.threads.get(keyOf(chat))?.flow : null;
  const isRunning = chat !== null && flow?.state === "running" && flow.adId === ad.id;
  const word = isRunning ? t.continueChat : t.sendMessage;
  const go = () => {
    if (isRunning && chat) location.hash = chatPlace(chat);
    else void tapAd(ad);
  };
  return h(
    "button",
    {
      type: "button",
      class: isRunning ? "button" : "button strong",
      "aria-label": `${word}: ${ad.title}`,
      onclick: go,
    },
    icon("chat", 18),
    word,
  );
}

/** @param {Ad} ad */
export function settingsInWords({ settings, questions }) {
  const t = words();
  const isConnected = settings.connectedAppId !== null;
  return [
    t.questionCount(questions.length),
    isConnected ? t.connected : t.notConnected,
    isConnected && (settings.sendsSummary ? t.summaryOn : t.summaryOff),
    isConnected && (settings.allowsInterrupt ? t.mayInterrupt : t.mayNotInterrupt),
    settings.stopKeywords.length > 0 ? t.stopWords(settings.stopKeywords.join(", ")) : t.noStopWords,
    settings.blocksSendApi && t.blocksSend,
    settings.labels && t.labelsOn,
  ]
    .filter((word) => word !== false)
    .join(" · ");
}
