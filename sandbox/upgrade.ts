import { VERSION } from "./demo.ts";
import type { Page, World } from "./world.ts";
import type { Ad } from "./world-ads.ts";

/** A world read from a file, with what younger worlds have and the file may lack. */
export function upgrade(fresh: World, read: Partial<World>): World {
  const kept: World = { ...fresh, ...read };
  const isOld = read.version !== VERSION;
  return {
    ...kept,
    version: VERSION,
    run: kept.run + 1,
    appId: fresh.appId,
    pages: isOld ? fresh.pages : kept.pages.map((page) => pageNow(fresh, kept, page)),
    ads: isOld ? fresh.ads : kept.ads.map((ad) => adNow(fresh, kept, ad)),
    people: each(kept.people, (person) => ({
      ...{ platform: "messenger", hasBlocked: false, isDeleted: false },
      ...person,
    })),
    threads: each(kept.threads, (thread) => ({
      ...{ controlDays: 1, optIns: [] },
      ...thread,
      messages: thread.messages.map((message) => ({ ...{ reaction: null, edits: [], isUnsent: false }, ...message })),
      flows: thread.flows.map((flow) => ({ ...{ remindedAt: null }, ...flow })),
    })),
    queue: kept.queue.map((update) => ({
      ...{ object: "page", entryId: update.pageId, field: "messages", notBefore: 0 },
      ...update,
    })),
    // Whatever failed before, this is a new beginning.
    settings: { ...fresh.settings, ...kept.settings, downSince: null },
    graph: { ...fresh.graph, ...kept.graph },
    faults: { ...fresh.faults, ...kept.faults },
  };
}

function each<T>(record: Record<string, T>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** The app may have got another id in the meantime. */
const appNow = (fresh: World, kept: World, appId: string | null) => (appId === kept.appId ? fresh.appId : appId);

function pageNow(fresh: World, kept: World, page: Page): Page {
  const known = fresh.pages.find(({ id }) => id === page.id);
  return { ...known, ...page, defaultAppId: appNow(fresh, kept, page.defaultAppId) };
}

function adNow(fresh: World, kept: World, ad: Ad): Ad {
  const connectedAppId = appNow(fresh, kept, ad.settings.connectedAppId);
  return { ...ad, settings: { ...ad.settings, connectedAppId } };
}
