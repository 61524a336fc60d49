/** What Lead Inbox hears: the lists of fields of the app and of its pages. */
import { setFault } from "./acts.js";
import { h } from "./dom.js";
import { allFields } from "./heal.js";
import { store, words } from "./store.js";
import { chosen, deed, menu, push } from "./switches.js";
import { saying, troubled } from "./troubled.js";

/** @returns {import("./dom.js").Child[]} */
export function subscriptions() {
  const w = words().trouble;
  const { state } = store;
  if (!state) return [];
  const page = troubled();
  return [
    h(
      "ul",
      { key: "heard", class: "small" },
      state.subscriptions.pages.map(({ pageId, name, fields }) =>
        h("li", { key: pageId }, w.heard(name, fields.length)),
      ),
    ),
    deed(
      "unsubscribe",
      w.unsubscribe.word,
      saying(w.unsubscribe),
      push(w.unsubscribe.act, () => setFault({ unsubscribePage: page.id }), said(w.unsubscribe)),
    ),
    deed(
      "unsubscribe-app",
      w.unsubscribeApp.word,
      saying(w.unsubscribeApp),
      push(w.unsubscribeApp.act, () => setFault({ unsubscribeApp: true }), said(w.unsubscribeApp)),
    ),
    deed(
      "field",
      w.field.word,
      saying(w.field),
      menu(
        "field-name",
        w.field.word,
        allFields.map((name) => [name, name]),
      ),
      push(w.field.act, () =>
        setFault({ removeField: { layer: "page", pageId: page.id, field: chosen("field-name") } }),
      ),
    ),
  ];
}

/** Two buttons of one word are told apart by what they are about. @param {{ act: string, word: string }} row */
function said({ act, word }) {
  return `${act}: ${word}`;
}
