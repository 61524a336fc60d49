/** Where the visitor is, kept in the address, so that Back works and a chat can be linked. */

/** @typedef {{ pane: "ads" | "chats" | "behind", chat: { pageId: string, psid: string } | null }} Place */

/** @param {string} hash @returns {Place} */
export function readPlace(hash) {
  const [word, pageId, psid] = hash.replace(/^#/, "").split("/");
  if (word === "chat" && pageId && psid) return { pane: "chats", chat: { pageId, psid } };
  if (word === "chats") return { pane: "chats", chat: null };
  return { pane: word === "behind" ? "behind" : "ads", chat: null };
}

/**
 * The product's own address, by the host name this page was opened under: to a browser, localhost and 127.0.0.1 are two sites.
 * @param {string} webhook @param {string} hostname
 */
export function productPlace(webhook, hostname) {
  const url = new URL("/leads", webhook);
  const isHere = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (isHere) url.hostname = hostname;
  return url.href;
}

/** @param {{ pageId: string, psid: string }} chat */
export function chatPlace({ pageId, psid }) {
  return `#chat/${pageId}/${psid}`;
}
