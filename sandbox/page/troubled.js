/** Which page is in trouble, and how each line of trouble speaks. */
import { h } from "./dom.js";
import { store, words } from "./store.js";

/** The page that gets into trouble. */
export function troubled() {
  const pages = store.state?.pages ?? [];
  const page = pages.find(({ id }) => id === store.troublePageId) ?? pages[0];
  if (!page) throw new Error("The sandbox has no page.");
  return page;
}

/** What happens, and what should follow from it. @param {{ says: string, should: string }} row @returns {import("./dom.js").Child[]} */
export function saying({ says, should }) {
  return [says, " ", h("span", { class: "should" }, `${words().trouble.should} ${should}`)];
}
