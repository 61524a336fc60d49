/** How sends of Lead Inbox are answered: unclear answers, throttling, lost echoes, dead tokens. */
import { setFault } from "./acts.js";
import { h } from "./dom.js";
import { store, words } from "./store.js";
import { toggle } from "./switches.js";

export function sendingTrouble() {
  const t = words();
  const faults = store.state?.faults;
  const pages = store.state?.pages ?? [];
  const kinds = Object.entries(t.faultKinds).map(([kind, word]) => h("option", { value: kind }, word));
  return h(
    "details",
    { class: "group fold", key: "faults" },
    h("summary", {}, h("h3", {}, t.faults)),
    h("p", { class: "hint" }, t.faultsHint),
    h(
      "form",
      { class: "fault", "aria-label": t.faults, onsubmit: arm },
      h(
        "label",
        { class: "choice" },
        h("span", {}, t.faultKind),
        h("select", { class: "field", id: "fault-kind" }, kinds),
      ),
      h(
        "label",
        { class: "tick" },
        h("input", { type: "checkbox", id: "fault-accepted", checked: true }),
        h("span", {}, t.faultAccepted),
      ),
      h(
        "div",
        { class: "row" },
        h("button", { type: "submit", class: "button strong" }, t.arm),
        h(
          "button",
          {
            type: "button",
            class: "button",
            onclick: () => void setFault({ dropEchoes: (faults?.dropEchoes ?? 0) + 1 }),
          },
          t.dropEcho,
        ),
      ),
    ),
    pages.map((page) =>
      toggle(t.revokeToken(page.name), "", faults?.revokedPageIds.includes(page.id) !== true, (isValid) =>
        setFault(isValid ? { restoreToken: page.id } : { revokeToken: page.id }),
      ),
    ),
    armed(),
  );
}

/** @param {SubmitEvent} event */
function arm(event) {
  event.preventDefault();
  const kind = document.querySelector("#fault-kind");
  const accepted = document.querySelector("#fault-accepted");
  if (!(kind instanceof HTMLSelectElement) || !(accepted instanceof HTMLInputElement)) return;
  const code = /^throttle(\d+)$/.exec(kind.value)?.[1];
  void setFault(
    code ? { throttle: Number(code), times: 1 } : { unclear: kind.value, times: 1, accepted: accepted.checked },
  );
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
    ...faults.revokedPageIds.map((id) => t.armedToken(store.state?.pages.find((page) => page.id === id)?.name ?? id)),
  ];
  if (lines.length === 0) return h("p", { key: "nothing", class: "hint", role: "status" }, t.armedNone);
  return h(
    "div",
    { key: "armed", class: "armed", role: "status" },
    h(
      "ul",
      {},
      lines.map((line) => h("li", {}, line)),
    ),
    h("button", { type: "button", class: "button", onclick: () => void setFault({ clear: true }) }, t.clearFaults),
  );
}
