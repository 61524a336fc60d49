/** How the calls of Lead Inbox are answered: unclearly, too late, or not any more. */
import { setFault } from "./acts.js";
import { h } from "./dom.js";
import { store, words } from "./store.js";
import { choice, chosen, deed, menu, push } from "./switches.js";
import { saying, troubled } from "./troubled.js";

/** @returns {import("./dom.js").Child[]} */
export function sending() {
  const t = words();
  const { trouble: w } = t;
  const { state } = store;
  if (!state) return [];
  const page = troubled();
  const { faults } = state;
  return [
    deed(
      "unclear",
      w.unclear.word,
      saying(w.unclear),
      menu("fault-kind", t.faultKind, Object.entries(t.faultKinds)),
      h(
        "label",
        { key: "accepted", class: "tick" },
        h("input", { type: "checkbox", id: "fault-accepted", checked: true }),
        h("span", {}, t.faultAccepted),
      ),
      push(t.arm, arm),
    ),
    armed(),
    deed(
      "echo",
      w.echo.word,
      saying(w.echo),
      push(t.dropEcho, () => setFault({ dropEchoes: faults.dropEchoes + 1 })),
    ),
    choice(
      `usage${page.id}`,
      w.usage.word,
      faults.graph.usage[page.id]?.percent ?? 0,
      [0, 60, 85, 96, 100],
      (n) => (n === 0 ? w.off : `${n} %`),
      (percent) => setFault({ usage: { pageId: page.id, percent } }),
      saying(w.usage),
    ),
    deed(
      "wait",
      w.wait.word,
      saying(w.wait),
      push(w.wait.act, () => setFault({ retryAfter: 30, times: 3 })),
    ),
  ];
}

function arm() {
  const kind = chosen("fault-kind");
  const accepted = document.querySelector("#fault-accepted");
  const code = /^throttle(\d+)$/.exec(kind)?.[1];
  const isAccepted = accepted instanceof HTMLInputElement && accepted.checked;
  return setFault(code ? { throttle: Number(code), times: 1 } : { unclear: kind, times: 1, accepted: isAccepted });
}

function armed() {
  const t = words();
  const faults = store.state?.faults;
  if (!faults) return null;
  const kinds = t.faultKinds;
  const lines = [
    ...faults.sends.map((fault) =>
      fault.kind === "unclear"
        ? `${t.armedUnclear(kinds[fault.how], fault.times)} (${fault.isAccepted ? t.armedAccepted : t.armedRefused})`
        : t.armedUnclear(fault.code === 4 ? kinds.throttle4 : kinds.throttle613, fault.times),
    ),
    ...(faults.dropEchoes > 0 ? [t.armedEchoes(faults.dropEchoes)] : []),
  ];
  if (lines.length === 0) return null;
  return h(
    "ul",
    { key: "armed", class: "armed", role: "status" },
    lines.map((line) => h("li", {}, line)),
  );
}
