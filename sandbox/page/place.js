/** Where the visitor is, kept in the address, so that Back works and a chat can be linked. */

/** @typedef {{ pane: "ads" | "chats" | "behind", chat: { pageId: string, psid: string } | null }} Place */

/** @param {string} hash @returns {Place} */
export function readPlace(hash) {
  const [word, pageId, psid] = hash.replace(/^#/, "").split("/");
  if (word === "chat" && pageId && psid) return { pane: "chats", chat: { pageId, psid } };
  if (word === "chats") return { pane: "chats", chat: null };
  return { pane: word === "behind" ? "behind" : "ads", chat: null };
}

/** @param {{ pageId: string, psid: string }} chat */
export function chatPlace({ pageId, psid }) {
  return `#chat/${pageId}/${psid}`;
}
