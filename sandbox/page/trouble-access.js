/** What Lead Inbox may do at all: tokens, permissions, restrictions and Meta's policy. */
import { attempt, setFault } from "./acts.js";
import { tell } from "./client.js";
import { readState, store, words } from "./store.js";
import { chosen, deed, menu, push, toggle } from "./switches.js";
import { saying, troubled } from "./troubled.js";

const permissions = [
  "pages_messaging",
  "pages_manage_metadata",
  "pages_read_engagement",
  "pages_show_list",
  "leads_retrieval",
  "ads_read",
  "business_management",
];

/** @returns {import("./dom.js").Child[]} */
export function access() {
  const w = words().trouble;
  const { state } = store;
  if (!state) return [];
  const page = troubled();
  const { graph } = state.faults;
  const isDead = graph.revoked[page.id] !== undefined || graph.expiring[page.id] !== undefined;
  const missing = graph.removedPermissions[page.id] ?? [];
  const isRestricted = (graph.restrictedUntil[page.id] ?? 0) > Date.now();
  const enforce = (/** @type {string} */ action) =>
    attempt(async () => {
      await tell("/policy", { pageId: page.id, action });
      await readState();
    });
  return [
    isDead
      ? deed(
          "token",
          w.token.word,
          saying(w.token),
          push(w.token.back, () => setFault({ restoreToken: page.id })),
        )
      : deed(
          "token",
          w.token.word,
          saying(w.token),
          menu("token-reason", w.token.word, Object.entries(w.token.reasons)),
          push(w.token.act, () => setFault({ revokeToken: page.id, subcode: Number(chosen("token-reason")) })),
        ),
    deed(
      "permission",
      w.permission.word,
      saying(w.permission),
      menu(
        "permission-name",
        w.permission.word,
        permissions.map((name) => [name, name]),
      ),
      push(w.permission.act, () =>
        setFault({ removePermission: { pageId: page.id, permission: chosen("permission-name") } }),
      ),
      ...missing.map((permission) =>
        push(`${w.permission.back}: ${permission}`, () =>
          setFault({ restorePermission: { pageId: page.id, permission } }),
        ),
      ),
    ),
    toggle(w.restrict.word, saying(w.restrict), isRestricted, (isOn) =>
      setFault(isOn ? { restrictPage: page.id } : { liftRestriction: page.id }),
    ),
    toggle(w.notLive.word, saying(w.notLive), graph.testers !== null, (notLive) => setFault({ notLive })),
    deed(
      "policy",
      w.policy.word,
      saying(w.policy),
      push(w.policy.warning, () => enforce("warning")),
      push(w.policy.block, () => enforce("block")),
      page.policy !== null && push(w.policy.unblock, () => enforce("unblock")),
    ),
    toggle(w.media.word, saying(w.media), graph.isMediaGone, (mediaGone) => setFault({ mediaGone })),
  ];
}
