/** Plays: scripts of people, each with its pace, and what is running now. */
import { attempt } from "./acts.js";
import { tell } from "./client.js";
import { h } from "./dom.js";
import { readTroubleSoon, store, words } from "./store.js";
import { push } from "./switches.js";

export function playsTab() {
  const t = words().backstage;
  const { plays, running } = store.state?.plays ?? { plays: [], running: [] };
  if (running.length > 0) readTroubleSoon();
  return h(
    "div",
    { key: "plays-tab", class: "troubles" },
    h("p", { class: "hint" }, t.playsHint),
    h(
      "section",
      { key: "running", class: "group", role: "status", "aria-label": t.plays },
      running.length === 0 && h("p", { key: "none", class: "small" }, t.noneRunning),
      running.map(({ id, name, done, total }) =>
        h(
          "div",
          { key: id, class: "playing" },
          h("strong", {}, name),
          h("progress", { class: "pace", max: total, value: done, "aria-label": name }),
          h("span", { class: "small" }, t.running(done, total)),
        ),
      ),
      running.length > 0 && push(t.stopAll, () => play({ stop: true })),
    ),
    h("section", { key: "list", class: "group", "aria-label": t.plays }, h("div", { class: "rows" }, plays.map(row))),
  );
}

/** @param {{ name: string, says: string, rate: number }} play */
function row({ name, says, rate }) {
  const t = words().backstage;
  const id = `rate-${name}`;
  const start = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const field = document.querySelector(`#${id}`);
    const wanted = field instanceof HTMLInputElement ? Number(field.value) : rate;
    void play({ name, rate: wanted > 0 ? wanted : rate });
  };
  return h(
    "form",
    { key: name, class: "deed", "aria-label": name, onsubmit: start },
    h("p", {}, name, h("span", { class: "small" }, t.says[name] ?? says)),
    h(
      "div",
      { class: "row" },
      h("input", {
        class: "field rate",
        id,
        type: "number",
        min: 1,
        max: 6000,
        value: rate,
        "aria-label": `${name}, ${t.perMinute}`,
      }),
      h("span", { class: "small" }, t.perMinute),
      h("button", { type: "submit", class: "button", "aria-label": `${t.start}: ${name}` }, t.start),
    ),
  );
}

/** @param {object} wanted */
function play(wanted) {
  return attempt(async () => {
    await tell("/play", wanted);
    readTroubleSoon();
  });
}
