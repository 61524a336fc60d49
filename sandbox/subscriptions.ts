import type { Update, World } from "./world.ts";

/** The two layers a field must be in: what the app wants at all, and what it wants of a page. Otherwise there is silence. */
const HOUR = 60 * 60 * 1000;

/** What the fields of a page are called where the object is an Instagram account. */
const instagramNames: Record<string, string> = {
  message_echoes: "messages",
  message_reads: "messaging_seen",
  messaging_referrals: "messaging_referral",
  messaging_handovers: "messaging_handover",
};

export function isWanted({ graph }: World, { object, field, pageId, psid }: Update): boolean {
  const app = graph.appSubscriptions.find((subscription) => subscription.object === object);
  const name = object === "instagram" ? (instagramNames[field] ?? field) : field;
  if (app === undefined || !app.isActive || !app.fields.includes(name)) return false;
  // A test from the dashboard is of no page.
  if (pageId === "0") return true;
  if (graph.testers !== null && psid !== null && !graph.testers.includes(psid)) return false;
  return graph.pageSubscriptions[pageId]?.includes(field) ?? false;
}

const REFERRAL = ',"referral":{';

/** The ad that brought somebody stands in their first message only for who wants referrals too. */
export function asWanted(world: World, update: Update): Update {
  if (update.field !== "messages" || !update.item.includes(REFERRAL)) return update;
  const isTold = isWanted(world, { ...update, field: "messaging_referrals" });
  return isTold ? update : { ...update, item: without(update.item, REFERRAL) };
}

/** Wire text without one object; its numbers are too long to be read and written again. */
function without(json: string, begin: string): string {
  const start = json.indexOf(begin);
  let at = start + begin.length;
  let isText = false;
  for (let depth = 1; depth > 0 && at < json.length; at += 1) {
    const sign = json[at];
    if (sign === "\\") at += 1;
    else if (sign === '"') isText = !isText;
    else if (!isText && sign === "{") depth += 1;
    else if (!isText && sign === "}") depth -= 1;
  }
  return json.slice(0, start) + json.slice(at);
}

/** An attempt to deliver ended. After an hour of failures the app is unsubscribed from the pages, and what waited is lost. */
export function noteAttempt(world: World, isAccepted: boolean, at: number): void {
  const { settings } = world;
  if (isAccepted) {
    settings.downSince = null;
    return;
  }
  settings.downSince ??= at;
  if (at - settings.downSince < HOUR) return;
  settings.downSince = null;
  for (const { id } of world.pages) unsubscribePage(world, id);
}

export function unsubscribePage(world: World, pageId: string): void {
  delete world.graph.pageSubscriptions[pageId];
  const kept = world.queue.filter((update) => update.pageId !== pageId || update.channel === "changes");
  world.lost += world.queue.length - kept.length;
  world.queue = kept;
}

export function viewSubscriptions({ graph, pages, settings }: World) {
  return {
    app: graph.appSubscriptions,
    pages: pages.map(({ id, name }) => ({
      pageId: id,
      name,
      isInstalled: graph.pageSubscriptions[id] !== undefined,
      fields: graph.pageSubscriptions[id] ?? [],
    })),
    unwanted: graph.unwanted,
    downSince: settings.downSince,
  };
}
