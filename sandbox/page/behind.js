/** Behind the scenes, one area at a time; what is out of the ordinary stands above all of them. */
import { adsTab } from "./ads.js";
import { deliveries } from "./deliveries.js";
import { h } from "./dom.js";
import { chatTab } from "./hands.js";
import { icon } from "./icons.js";
import { pagesTab } from "./pages.js";
import { playsTab } from "./plays.js";
import { chooseTab, openBehind, store, tabNames, words } from "./store.js";
import { trouble } from "./trouble.js";
import { world } from "./world.js";
import { unusual } from "./wrongs.js";

export function behind() {
  const t = words();
  return h(
    "section",
    { key: "behind", class: "pane behind", id: "behind", "aria-labelledby": "behind-title" },
    h(
      "header",
      { class: "pane-head" },
      h(
        "div",
        { class: "behind-title" },
        h("h2", { id: "behind-title", tabindex: -1 }, t.behind),
        h(
          "button",
          {
            type: "button",
            class: "icon-button wide-only",
            "aria-label": t.close,
            title: t.close,
            onclick: () => openBehind(false),
          },
          icon("close"),
        ),
      ),
      h("p", { class: "hint" }, t.behindHint),
    ),
    h(
      "nav",
      { class: "areas", "aria-label": t.backstage.tabs },
      tabNames.map((name) =>
        h(
          "button",
          {
            key: name,
            type: "button",
            class: "area",
            "aria-current": store.tab === name ? "true" : null,
            onclick: () => chooseTab(name),
          },
          t.backstage.tab[name],
        ),
      ),
    ),
    unusual(),
    ...areas[store.tab](),
  );
}

/** @type {Record<import("./store.js").TabName, () => import("./dom.js").Child[]>} */
const areas = {
  chat: () => [chatTab(), world()],
  deliveries: () => deliveries(),
  trouble: () => [trouble()],
  ads: () => [adsTab()],
  pages: () => [pagesTab()],
  plays: () => [playsTab()],
};
