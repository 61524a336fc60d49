/** Minutes that were never delivered, the dashboard's test button, and events of rare shapes. */
import { attempt } from "./acts.js";
import { tell } from "./client.js";
import { h } from "./dom.js";
import { allFields } from "./heal.js";
import { readState, store, words } from "./store.js";
import { chosen, deed, menu, push } from "./switches.js";
import { saying, troubled } from "./troubled.js";

const oddities = ["unsupported", "double-sticker", "short-inbox-id", "app-roles", "user-ref", "lead-twice-asked"];

/** @returns {import("./dom.js").Child[]} */
export function lostTime() {
  const w = words().trouble;
  const tested = [...allFields.filter((field) => field !== "standby"), "curl"];
  return [
    deed("gap", w.gap.word, saying(w.gap), push(w.gap.act, playGap)),
    store.gap !== null && h("p", { key: "gap-done", class: "armed", role: "status" }, w.gap.done(store.gap)),
    deed(
      "test",
      w.test.word,
      saying(w.test),
      menu(
        "test-field",
        w.test.word,
        tested.map((name) => [name, name]),
      ),
      push(
        w.test.act,
        () => attempt(() => tell("/test-webhook", { field: chosen("test-field") })),
        `${w.test.act}: ${w.test.word}`,
      ),
    ),
    store.chat === null
      ? deed("odd", w.odd.word, saying(w.odd), h("span", { class: "small" }, w.odd.none))
      : deed(
          "odd",
          w.odd.word,
          saying(w.odd),
          menu(
            "odd-kind",
            w.odd.word,
            oddities.map((name) => [name, name]),
          ),
          push(
            w.odd.act,
            () => attempt(() => tell("/oddities", { ...store.chat, kind: chosen("odd-kind") })),
            `${w.odd.act}: ${w.odd.word}`,
          ),
        ),
  ];
}

function playGap() {
  return attempt(async () => {
    const { events, threads, messages, leads } = await tell("/gap", { pageId: troubled().id, events: 500, leads: 10 });
    store.gap = { events, threads, messages, leads: leads.length };
    await readState();
  });
}
