/** Ads as in Ads Manager: each with its template, and a new one for each page. */

import { h } from "./dom.js";
import { editAd, newAd } from "./editor.js";
import { settingsInWords } from "./feed.js";
import { store, words } from "./store.js";
import { push } from "./switches.js";

export function adsTab() {
  const t = words().ads;
  const { ads = [], pages = [] } = store.state ?? {};
  return h(
    "div",
    { key: "ads-tab", class: "troubles" },
    h("p", { class: "hint" }, t.hint),
    pages.map((page) =>
      h(
        "section",
        { key: page.id, class: "group", "aria-label": page.name },
        h("h3", {}, page.name),
        h(
          "div",
          { class: "rows" },
          ads
            .filter(({ pageId }) => pageId === page.id)
            .map((ad) =>
              h(
                "div",
                { key: ad.id, class: "deed" },
                h(
                  "p",
                  { lang: ad.language },
                  ad.title,
                  h("span", { class: "small", lang: store.language }, settingsInWords(ad)),
                ),
                h(
                  "div",
                  { class: "row" },
                  push(t.edit, () => editAd(ad.id), t.editAd(ad.title)),
                ),
              ),
            ),
        ),
        push(t.fresh, () => newAd(page.id), t.newOn(page.name)),
      ),
    ),
  );
}
