/** The page's settings: who gets what nobody holds, and what the app is allowed there. */
import { attempt } from "./acts.js";
import { change } from "./client.js";
import { h } from "./dom.js";
import { readState, store, words } from "./store.js";
import { choice, toggle } from "./switches.js";

export function pagesTab() {
  const t = words().backstage;
  return h(
    "div",
    { key: "pages-tab", class: "troubles" },
    h("p", { class: "hint" }, t.pagesHint),
    (store.state?.pages ?? []).map(settings),
  );
}

/** @param {import("../world.ts").Page} page */
function settings(page) {
  const t = words().backstage;
  const set = (/** @type {object} */ wanted) => void setPage(page.id, wanted);
  const { apps } = store.state ?? {};
  const options = [null, apps?.ours ?? "", apps?.pageInbox ?? "", apps?.other ?? ""];
  const said = [t.apps.none, t.apps.ours, t.apps.inbox, t.apps.other];
  return h(
    "section",
    { key: page.id, class: "group", "aria-label": page.name },
    h("h3", {}, page.name),
    h(
      "div",
      { class: "rows" },
      choice(
        `routing${page.id}`,
        t.defaultApp,
        String(page.defaultAppId),
        options.map(String),
        (id) => said[options.map(String).indexOf(id)] ?? id,
        (id) =>
          set(id === "null" ? { routing: "none", defaultAppId: null } : { routing: "configured", defaultAppId: id }),
        t.defaultAppHint,
      ),
      toggle(t.take, t.takeHint, page.isTakeAllowed, (takeAllowed) => set({ takeAllowed })),
      toggle(t.humanAgent, t.humanAgentHint, page.hasHumanAgent, (humanAgent) => set({ humanAgent })),
      toggle(t.adWindow, t.adWindowHint, page.hasLongAdWindow, (isLong) => set({ adWindowDays: isLong ? 7 : 1 })),
      toggle(t.profile, t.profileHint, page.isProfileAllowed, (profileAllowed) => set({ profileAllowed })),
      toggle(t.leadAccess, t.leadAccessHint, page.hasLeadAccess, (leadAccess) => set({ leadAccess })),
      toggle(t.labelTerms, t.labelTermsHint, page.hasLabelTerms, (isOn) => set({ labelsTermsAccepted: isOn })),
      toggle(t.highVolume, t.highVolumeHint, page.isHighVolume, (highVolume) => set({ highVolume })),
    ),
  );
}

/** @param {string} pageId @param {object} wanted */
function setPage(pageId, wanted) {
  return attempt(async () => {
    await change("PATCH", `/pages/${pageId}`, wanted);
    await readState();
  });
}
