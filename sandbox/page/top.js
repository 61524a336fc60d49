/** The bar above everything: who one is, the way to Lead Inbox, the language, and the backstage. */
import { toggleBehind } from "./acts.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { whoAmI } from "./people.js";
import { productPlace } from "./place.js";
import { speak, store, words } from "./store.js";

export function head() {
  const t = words();
  return h(
    "header",
    { class: "top", key: "top" },
    h("img", { src: "icon.svg", width: 32, height: 32, alt: "" }),
    h("div", { class: "top-title" }, h("h1", {}, t.title), h("p", { class: "small" }, t.subtitle)),
    whoAmI(),
    productLink(),
    languages(),
    h(
      "button",
      {
        type: "button",
        class: "button behind-toggle",
        "aria-expanded": String(store.isBehindOpen),
        "aria-controls": "behind",
        onclick: toggleBehind,
      },
      icon("gears", 18),
      h("span", {}, t.showBehind),
    ),
  );
}

function productLink() {
  const { state } = store;
  if (state === null) return null;
  const t = words();
  const link = {
    key: "product",
    class: "button product",
    href: productPlace(state.delivery.to, location.hostname),
    target: "_blank",
    rel: "noopener",
    title: t.openInbox,
  };
  return h("a", link, icon("out", 18), h("span", {}, t.openInbox));
}

function languages() {
  const choice = (/** @type {"en" | "de"} */ language, /** @type {string} */ name) =>
    h(
      "button",
      {
        type: "button",
        lang: language,
        "aria-pressed": String(store.language === language),
        title: name,
        onclick: () => speak(language),
      },
      language.toUpperCase(),
    );
  return h(
    "div",
    { class: "languages", role: "group", "aria-label": words().language },
    choice("en", "English"),
    choice("de", "Deutsch"),
  );
}
