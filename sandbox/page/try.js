/** "Try this": the stories above the ads, and the line that says what to look at once one was played. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { productPlace } from "./place.js";
import { store, words } from "./store.js";
import { closeStory, endOutage, playStory } from "./stories.js";

/** @typedef {import("./stories.js").StoryName} StoryName */

/** @type {{ name: StoryName, drawing: "stop" | "hand" | "chat" | "moon" }[]} */
const offered = [
  { name: "disqualified", drawing: "stop" },
  { name: "stopped", drawing: "hand" },
  { name: "takeover", drawing: "chat" },
  { name: "outage", drawing: "moon" },
];

export function tryThis() {
  const t = words().stories;
  const isPlaying = store.story?.stage === "playing";
  return h(
    "section",
    { key: "try-this", class: "try-this", "aria-labelledby": "try-title" },
    h("h2", { id: "try-title" }, t.title),
    h("p", { class: "hint" }, t.hint),
    h(
      "ul",
      { class: "stories" },
      offered.map(({ name, drawing }) =>
        h(
          "li",
          { key: name, class: "story" },
          icon(drawing, 20),
          h("div", {}, h("h3", {}, t[name].title), h("p", { class: "small" }, t[name].says)),
          h(
            "button",
            {
              type: "button",
              class: "button",
              disabled: isPlaying || store.state === null,
              "aria-label": `${t.play}: ${t[name].title}`,
              onclick: () => void playStory(name),
            },
            t.play,
          ),
        ),
      ),
    ),
  );
}

/** Stands above everything, since the phone may fill the screen. */
export function coach() {
  const { story } = store;
  if (story === null) return null;
  const t = words().stories;
  const isDown = story.name === "outage" && story.stage === "look";
  const href = store.state ? productPlace(store.state.delivery.to, location.hostname) : null;
  return h(
    "section",
    { key: "coach", class: "coach", role: "status", "aria-label": t[story.name].title },
    h(
      "div",
      { class: "coach-words" },
      h("p", { class: "coach-title" }, t[story.name].title, story.stage === "playing" ? `: ${t.playing}` : ""),
      story.stage !== "playing" && h("p", {}, h("strong", {}, `${t.look}: `), sentence(story)),
    ),
    story.stage !== "playing" &&
      h(
        "div",
        { class: "row" },
        isDown &&
          h(
            "button",
            { key: "end", type: "button", class: "button strong", onclick: () => void endOutage() },
            t.outage.end,
          ),
        href !== null &&
          h("a", { key: "open", class: "button", href, target: "_blank", rel: "noopener" }, icon("out", 18), t.open),
        !isDown && h("button", { key: "stop", type: "button", class: "button", onclick: closeStory }, t.stop),
      ),
  );
}

/** @param {{ name: StoryName, person: string, stage: string }} story */
function sentence({ name, person, stage }) {
  const t = words().stories;
  return stage === "looked" ? t.outage.looked(person) : t[name].look(person);
}
