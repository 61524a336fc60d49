import type { Update } from "./world.ts";

/** What travels together, and how it looks on the wire. */
/** Changes of one page and moment share an entry; everything else has one of its own. */
export function renderBody(updates: readonly Update[]): string {
  const entries: { key: string; head: string; items: string[]; tail: string }[] = [];
  for (const { entryId, entryTime, channel, item, hopContext } of updates) {
    const key = channel === "changes" ? `${entryId} ${entryTime}` : "";
    const last = entries.at(-1);
    if (last !== undefined && key !== "" && last.key === key) {
      last.items.push(item);
      continue;
    }
    const id = entryId === "" ? "" : `"id":"${entryId}",`;
    const tail = hopContext === null ? "" : `,"hop_context":${hopContext}`;
    entries.push({ key, head: `${id}"time":${entryTime},"${channel}":`, items: [item], tail });
  }
  const rendered = entries.map(({ head, items, tail }) => `{${head}[${items.join(",")}]${tail}}`);
  return `{"object":"${updates[0]?.object ?? "page"}","entry":[${rendered.join(",")}]}`;
}

/** One delivery is of pages or of Instagram accounts, never of both. */
export function ofOneKind(updates: readonly Update[]): Update[] {
  const [first] = updates;
  const other = updates.findIndex(({ object }) => object !== first?.object);
  return updates.slice(0, other === -1 ? updates.length : other);
}

export function firstOf<T>(list: readonly T[], most: number, isRight: (one: T) => boolean): T[] {
  const found: T[] = [];
  for (const one of list) {
    if (isRight(one)) found.push(one);
    if (found.length >= most) break;
  }
  return found;
}
