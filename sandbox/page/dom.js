/**
 * Elements from words, and a live tree moved to look like a fresh one. A redraw keeps focus, scroll and half-typed text,
 * because only what differs is touched. Text always arrives as text nodes: what people type is never read as markup.
 */
const SVG = "http://www.w3.org/2000/svg";
const HANDLERS = ["onclick", "onsubmit", "oninput", "onchange", "onkeydown", "ontoggle"];

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * `key` names an element among its siblings, so that a new neighbour above does not rewrite it.
 * @param {string} tag @param {Record<string, any>} [props] @param {...(Child | Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  return /** @type {HTMLElement} */ (build(document.createElement(tag), props, children));
}

/** @param {string} tag @param {Record<string, any>} [props] @param {...(Child | Child[])} children */
export function svg(tag, props = {}, ...children) {
  return build(document.createElementNS(SVG, tag), props, children);
}

/** @param {Element} element @param {Record<string, any>} props @param {(Child | Child[])[]} children */
function build(element, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (HANDLERS.includes(name)) Reflect.set(element, name, value);
    else if (name === "key") element.setAttribute("data-key", String(value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Makes the children of `live` look like `wanted`. @param {Element} live @param {...(Child | Child[])} wanted */
export function show(live, ...wanted) {
  morphChildren(live, build(document.createElement("div"), {}, wanted));
}

/** @param {Element} live @param {Element} fresh */
function morph(live, fresh) {
  for (const { name } of [...live.attributes]) {
    // `open` belongs to the person once the element stands.
    if (!fresh.hasAttribute(name) && name !== "open") live.removeAttribute(name);
  }
  for (const { name, value } of [...fresh.attributes]) {
    if (live.getAttribute(name) === value) continue;
    if (name === "open") continue;
    live.setAttribute(name, value);
  }
  for (const name of HANDLERS) Reflect.set(live, name, Reflect.get(fresh, name) ?? null);
  morphChildren(live, fresh);
  // A control with data-bound shows the world's state; any other keeps what the person has set.
  if (!fresh.hasAttribute("data-bound")) return;
  if (live instanceof HTMLInputElement) live.checked = fresh.hasAttribute("checked");
  if (live instanceof HTMLSelectElement && fresh instanceof HTMLSelectElement) live.value = fresh.value;
}

/** @param {Element} live @param {Element} fresh */
function morphChildren(live, fresh) {
  // What is gone leaves first, so that what stays need not move: moving an element takes its focus away.
  const staying = new Set([...fresh.children].map((child) => child.getAttribute("data-key")));
  const keyed = new Map();
  for (const child of [...live.children]) {
    const key = child.getAttribute("data-key");
    if (key === null) continue;
    if (staying.has(key)) keyed.set(key, child);
    else child.remove();
  }
  let place = live.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const key = wanted instanceof Element ? wanted.getAttribute("data-key") : null;
    const known = key === null ? place : (keyed.get(key) ?? null);
    if (known !== null && isAlike(known, wanted)) {
      if (known !== place) live.insertBefore(known, place);
      if (known instanceof Element && wanted instanceof Element) morph(known, wanted);
      else if (known.nodeValue !== wanted.nodeValue) known.nodeValue = wanted.nodeValue;
      place = known.nextSibling;
    } else {
      live.insertBefore(wanted, place);
    }
  }
  while (place !== null) {
    const next = place.nextSibling;
    live.removeChild(place);
    place = next;
  }
}

/** @param {Node} a @param {Node} b */
function isAlike(a, b) {
  if (a instanceof Element && b instanceof Element) {
    return a.tagName === b.tagName && a.getAttribute("data-key") === b.getAttribute("data-key");
  }
  return a.nodeType === b.nodeType && !(a instanceof Element);
}
