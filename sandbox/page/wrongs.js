/** What is out of the ordinary now, wherever it was switched on, and the one button that ends all of it. */
import { h } from "./dom.js";
import { healAll } from "./heal.js";
import { store, words } from "./store.js";

export function unusual() {
  const t = words().backstage;
  const lines = wrongs();
  if (lines.length === 0) return null;
  return h(
    "section",
    { key: "unusual", class: "armed unusual", "aria-labelledby": "unusual-title" },
    h("h3", { id: "unusual-title" }, t.wrongTitle),
    h(
      "ul",
      {},
      lines.map((line) => h("li", { key: line }, line)),
    ),
    h("button", { type: "button", class: "button", onclick: () => void healAll() }, t.wellAgain),
  );
}

/** The same in one line, above everything. */
export function unusualNotice() {
  const t = words().backstage;
  const lines = wrongs();
  if (lines.length === 0 || store.story?.name === "outage") return null;
  return h(
    "div",
    { key: "wrong", class: "notice wrong-notice", role: "status" },
    h("p", {}, `${t.wrongTitle}: ${lines.join(" · ")}`),
    h("button", { type: "button", class: "button", onclick: () => void healAll() }, t.wellAgain),
  );
}

/** @returns {string[]} */
function wrongs() {
  const { state } = store;
  if (state === null) return [];
  const { wrong } = words().backstage;
  const { settings } = state.delivery;
  const { faults, subscriptions } = state;
  const { graph } = faults;
  const nameOf = (/** @type {string} */ id) => state.pages.find((page) => page.id === id)?.name ?? id;
  const whole = Math.max(...subscriptions.app.map(({ fields }) => fields.length), 0);
  return [
    settings.down && wrong.down,
    settings.hold && wrong.hold,
    settings.repeat > 0 && wrong.repeat,
    settings.shuffle && wrong.shuffle,
    (faults.drop || faults.dropDeliveries > 0) && wrong.drop,
    faults.delayMs > 0 && wrong.late,
    faults.sends.length > 0 && wrong.sends,
    faults.dropEchoes > 0 && wrong.echoes,
    graph.retryAfter !== null && graph.retryAfter.times > 0 && wrong.retryAfter,
    graph.testers !== null && wrong.notLive,
    graph.isMediaGone && wrong.mediaGone,
    ...Object.keys({ ...graph.revoked, ...graph.expiring }).map((id) => wrong.revoked(nameOf(id))),
    ...pagesWith(graph.removedPermissions, (names) => names.length > 0).map((id) => wrong.permission(nameOf(id))),
    ...pagesWith(graph.restrictedUntil, (until) => until > Date.now()).map((id) => wrong.restricted(nameOf(id))),
    ...pagesWith(graph.usage, ({ percent }) => percent > 0).map((id) =>
      wrong.usage(nameOf(id), graph.usage[id]?.percent ?? 0),
    ),
    ...state.pages.filter(({ policy }) => policy !== null).map(({ name }) => wrong.policy(name)),
    whole === 0 && wrong.app,
    ...subscriptions.pages.filter(isThin).map(({ name }) => wrong.page(name)),
  ].filter((line) => line !== false);
}

/** Fewer fields than a whole subscription has. @param {{ isInstalled: boolean, fields: string[] }} page */
function isThin({ isInstalled, fields }) {
  return !isInstalled || needed.some((field) => !fields.includes(field));
}

const needed = ["messages", "message_echoes", "messaging_referrals", "messaging_handovers", "standby"];

/** @template T @param {Record<string, T>} record @param {(value: T) => boolean} isRight */
function pagesWith(record, isRight) {
  return Object.entries(record).flatMap(([id, value]) => (isRight(value) ? [id] : []));
}
