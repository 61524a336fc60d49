/**
 * Who the visitor is. A page knows a person by an id of its own, so one visitor is a name and at most one PSID per page.
 * Kept in this browser, so that a reload finds the same chats.
 */

/** @typedef {{ name: string, psids: Record<string, string> }} Me */

const STORED = "sandbox.me";
const FIRST_NAMES = [
  "Mira",
  "Jonas",
  "Aylin",
  "Tobias",
  "Elena",
  "Samuel",
  "Ines",
  "Lukas",
  "Noor",
  "Greta",
  "Emil",
  "Paula",
];
const LAST_NAMES = [
  "Kaufmann",
  "Berger",
  "Demir",
  "Lindner",
  "Petrova",
  "Okafor",
  "Vogel",
  "Hartmann",
  "Aziz",
  "Sommer",
  "Roth",
  "Winter",
];

/** @param {string} name @returns {Me} */
export function somebodyNew(name) {
  return { name, psids: {} };
}

/** @param {{ name: string, pageId: string, psid: string }} person @returns {Me} */
export function somebodyKnown(person) {
  return { name: person.name, psids: { [person.pageId]: person.psid } };
}

export function inventName() {
  const pick = (/** @type {string[]} */ names) => names[Math.floor(Math.random() * names.length)] ?? "Mira";
  return `${pick(FIRST_NAMES)} ${pick(LAST_NAMES)}`;
}

/** @param {Me} me @returns {boolean} */
export function isNew(me) {
  return Object.keys(me.psids).length === 0;
}

/** @returns {Me} */
export function recallMe() {
  try {
    const me = JSON.parse(localStorage.getItem(STORED) ?? "null");
    if (typeof me?.name === "string" && typeof me.psids === "object" && me.psids !== null) return me;
  } catch {
    // Storage may be switched off or hold something else: then the visitor is somebody new.
  }
  return somebodyNew(inventName());
}

/** @param {Me} me */
export function rememberMe(me) {
  keep(STORED, JSON.stringify(me));
}

/** @param {string} name @returns {string | null} */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}
