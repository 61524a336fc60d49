import type { Json } from "./ascii-json.ts";
import type { Update } from "./world.ts";

/** How a page's Instagram account tells the same things. */
type Item = { [key: string]: Json };
type Told = { item: Json; channel: Update["channel"]; accountId: string };

/** What Instagram never tells a linked account about. */
const unknown = ["delivery", "edit", "label", "optin", "feedback"];

/** The item with the account in the page's place, or null when Instagram keeps it to itself. */
export function asInstagram(
  what: string,
  pageId: string,
  { item, channel, accountId }: Told,
): Omit<Told, "accountId"> | null {
  if (unknown.includes(what.split(" ")[0] ?? "") || !isItem(item)) return null;
  const own = Object.fromEntries(
    Object.entries(item).map(([key, value]) => [
      key,
      (key === "sender" || key === "recipient") && isItem(value) && value.id === pageId ? { id: accountId } : value,
    ]),
  );
  // Some topics come as changes, with the item inside.
  if (what.startsWith("reaction")) return { item: { field: "message_reactions", value: own }, channel: "changes" };
  return { item: own, channel };
}

function isItem(value: Json | undefined): value is Item {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
