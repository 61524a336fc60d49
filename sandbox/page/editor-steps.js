/** The questions of a template: added, moved, removed, each with its kind of answer. */
import { h } from "./dom.js";
import { area, check, choose, line } from "./editor-fields.js";
import { words } from "./store.js";
import { push } from "./switches.js";

/** @typedef {import("../template-body.ts").AdTemplate} AdTemplate */
/** @typedef {import("../template-body.ts").TemplateStep} Step */

/** @param {AdTemplate} ad @param {() => void} redraw */
export function steps(ad, redraw) {
  const { ads: w } = words();
  const add = (/** @type {Step} */ step) => {
    ad.steps = [...ad.steps, step];
    redraw();
  };
  return [
    ...ad.steps.map((step, index) => stepFields(ad, step, index, redraw)),
    h(
      "div",
      { key: "add", class: "row" },
      push(w.addQuestion, () => add({ id: freshId(ad), type: "question", question: "", reply: "text" })),
      push(w.addEnd, () => add({ id: freshId(ad), type: "disqualify", question: "", reply: "text" })),
    ),
  ];
}

/** @param {AdTemplate} ad */
function freshId({ steps: known }) {
  let n = known.length + 1;
  while (known.some(({ id }) => id === `q${n}`)) n += 1;
  return `q${n}`;
}

/** @param {AdTemplate} ad @param {Step} step @param {number} index @param {() => void} redraw */
function stepFields(ad, step, index, redraw) {
  const { ads: w } = words();
  const n = index + 1;
  const isQuestion = step.type === "question";
  const move = (/** @type {number} */ by) => {
    const others = ad.steps.filter((one) => one !== step);
    ad.steps = [...others.slice(0, index + by), step, ...others.slice(index + by)];
    redraw();
  };
  const remove = () => {
    ad.steps = ad.steps.filter((one) => one !== step);
    for (const choice of ad.steps.flatMap(({ choices = [] }) => choices)) {
      if (choice.nextStepId === step.id) delete choice.nextStepId;
    }
    redraw();
  };
  const name = isQuestion ? w.question(n) : w.end(n);
  return h(
    "div",
    { key: step.id, class: "step", role: "group", "aria-label": name },
    h(
      "div",
      { class: "step-head" },
      h("strong", {}, name),
      index > 0 && push("↑", () => move(-1), `${w.up}: ${name}`),
      n < ad.steps.length && push("↓", () => move(1), `${w.down}: ${name}`),
      ad.steps.length > 1 && push("×", remove, `${w.remove}: ${name}`),
    ),
    area("wording", w.wording, step.question, (text) => (step.question = text)),
    isQuestion &&
      choose("reply", w.reply, step.reply, w.replies, (reply) => {
        setReply(step, reply);
        redraw();
      }),
    isQuestion && check("skip", w.allowSkip, step.allowSkip === true, (isOn) => (step.allowSkip = isOn)),
    isQuestion && step.reply === "choices" && choices(ad, step, index, redraw),
  );
}

/** @param {Step} step @param {string} reply */
function setReply(step, reply) {
  const known = /** @type {const} */ (["text", "choices", "email", "phone", "city"]);
  step.reply = known.find((one) => one === reply) ?? "text";
  if (step.reply === "choices") step.choices ??= [{ text: "" }, { text: "" }];
  else delete step.choices;
}

/** @param {AdTemplate} ad @param {Step} step @param {number} index @param {() => void} redraw */
function choices(ad, step, index, redraw) {
  const { ads: w } = words();
  const offered = step.choices ?? [];
  const later = ad.steps.slice(index + 1);
  const goals = Object.fromEntries(
    later.map(({ id, type }, n) => [id, type === "question" ? w.question(index + n + 2) : w.end(index + n + 2)]),
  );
  return h(
    "div",
    { key: "choices", class: "choices" },
    offered.map((choice, n) =>
      h(
        "div",
        { key: `${offered.length}.${n}`, class: "one-choice", role: "group", "aria-label": w.choiceText(n + 1) },
        line("text", w.choiceText(n + 1), choice.text, (text) => (choice.text = text)),
        choose("next", w.next, choice.nextStepId ?? "", { "": w.nextStep, ...goals }, (id) => {
          if (id === "") delete choice.nextStepId;
          else choice.nextStepId = id;
        }),
        check("out", w.disqualifies, choice.disqualifies === true, (isOn) => (choice.disqualifies = isOn)),
        offered.length > 1 &&
          push(
            "×",
            () => {
              step.choices = offered.filter((one) => one !== choice);
              redraw();
            },
            w.removeChoice(n + 1),
          ),
      ),
    ),
    offered.length < 13 &&
      push(w.addChoice, () => {
        step.choices = [...offered, { text: "" }];
        redraw();
      }),
  );
}
