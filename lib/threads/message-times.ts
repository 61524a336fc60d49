/** When messages were sent, where Meta tells of one on `messaging` and on `standby`: the earlier word counts. */
import { eventKey } from "#lib/messenger/event-key.ts";
import type { Echo, MessageReceived } from "#lib/messenger/meta-event.ts";

/** `otherKey`: what may have told of it before, earlier or later; null where both are here. */
type Told = { at: Date; otherKey: string | null };

/** Both tell the same, but a clock of Meta's that runs ahead is cut off at our receipt, and that is another one each time. */
export function messageTimes(events: readonly (Echo | MessageReceived)[]): ReadonlyMap<string, Told> {
  const keys = new Set(events.map(({ key }) => key));
  const times = new Map<string, Told>();
  for (const event of events) {
    const before = times.get(event.mid);
    const at = before === undefined || event.at < before.at ? event.at : before.at;
    const otherKey = keyOnOtherChannel(event);
    times.set(event.mid, { at, otherKey: keys.has(otherKey) ? null : otherKey });
  }
  return times;
}

function keyOnOtherChannel({ kind, channel, mid }: Echo | MessageReceived): string {
  return eventKey(kind, [channel === "standby" ? "messaging" : "standby", mid]);
}
