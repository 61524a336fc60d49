/** Choosing who one is: somebody new by name, or somebody the sandbox already knows. */
import { look } from "./client.js";
import { h, show } from "./dom.js";
import { icon } from "./icons.js";
import { inventName, isNew, somebodyKnown, somebodyNew } from "./person.js";
import { chatPlace } from "./place.js";
import { beMe, lose, store, words } from "./store.js";

/** @typedef {import("../world.ts").Person} Person */

const MOST = 40;
let wanted = "";
/** @type {Person[]} */
let people = [];

/** @returns {HTMLDialogElement} */
function dialog() {
  return /** @type {HTMLDialogElement} */ (document.querySelector("#people"));
}

export function whoAmI() {
  const t = words();
  return h(
    "button",
    {
      type: "button",
      class: "button who",
      id: "who",
      "aria-haspopup": "dialog",
      title: t.changePerson,
      onclick: choosePerson,
    },
    icon("person", 18),
    h(
      "span",
      { class: "who-words" },
      h("span", { class: "small" }, t.youAre),
      h("strong", {}, store.me.name),
      isNew(store.me) && h("span", { class: "tag" }, t.isNew),
    ),
    icon("down", 16),
  );
}

function choosePerson() {
  wanted = "";
  drawPeople();
  dialog().showModal();
  look("/state?threads=500").then((state) => {
    people = state.people;
    drawPeople();
  }, lose);
}

/** Redrawn with the page, so that new people appear while it is open. */
export function drawPeople() {
  const t = words();
  const found = matching();
  dialog().setAttribute("aria-labelledby", "people-title");
  show(
    dialog(),
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id: "people-title" }, t.whoAreYou),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": t.close,
          title: t.close,
          onclick: () => dialog().close(),
        },
        icon("close"),
      ),
    ),
    h("p", { class: "hint" }, t.whoHint),
    h(
      "form",
      { class: "new-person", onsubmit: beNew },
      h("h3", {}, t.someoneNew),
      h("label", { class: "unseen", for: "new-name" }, t.name),
      h("input", {
        class: "field",
        id: "new-name",
        name: "name",
        autocomplete: "off",
        maxlength: 80,
        placeholder: t.namePlaceholder,
      }),
      h("button", { type: "submit", class: "button strong" }, t.beThisPerson),
    ),
    h("h3", {}, t.someoneKnown),
    h("label", { class: "unseen", for: "find-person" }, t.searchPeople),
    h("input", {
      class: "field",
      id: "find-person",
      type: "search",
      autocomplete: "off",
      placeholder: t.searchPeople,
      oninput: search,
    }),
    h("ul", { class: "known", "aria-label": t.someoneKnown }, found.slice(0, MOST).map(personRow)),
    found.length === 0 && h("p", { class: "small", key: "nobody", role: "status" }, t.noPeople),
    found.length > MOST && h("p", { class: "small", key: "more" }, t.morePeople(found.length - MOST)),
  );
}

/** @param {Event} event */
function search(event) {
  if (event.target instanceof HTMLInputElement) wanted = event.target.value;
  drawPeople();
}

/** The sandbox names people with the newest chats first. */
function matching() {
  const part = wanted.trim().toLocaleLowerCase();
  return people.filter(({ name }) => name.toLocaleLowerCase().includes(part));
}

/** @param {Person} person */
function personRow(person) {
  const page = store.state?.pages.find(({ id }) => id === person.pageId)?.name ?? person.pageId;
  const isMe = store.me.psids[person.pageId] === person.psid;
  return h(
    "li",
    { key: `${person.pageId}.${person.psid}` },
    h(
      "button",
      { type: "button", class: "known-person", "aria-pressed": String(isMe), onclick: () => beKnown(person) },
      h("span", { dir: "auto" }, person.name),
      h("span", { class: "small" }, page),
      isMe && icon("check", 16),
    ),
  );
}

/** @param {SubmitEvent} event */
function beNew(event) {
  event.preventDefault();
  const field = dialog().querySelector("#new-name");
  const name = field instanceof HTMLInputElement ? field.value.trim() : "";
  if (field instanceof HTMLInputElement) field.value = "";
  store.chat = null;
  beMe(somebodyNew(name === "" ? inventName() : name));
  dialog().close();
  location.hash = "#ads";
}

/** @param {Person} person */
function beKnown(person) {
  beMe(somebodyKnown(person));
  dialog().close();
  location.hash = chatPlace(person);
}
