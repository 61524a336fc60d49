import type { MetaEvent } from "#lib/messenger/meta-event.ts";

/**
 * Where an event came from, and when it reached us. `isReplay`: somebody had it applied once more. Then what was
 * applied from this delivery is again, and nobody is written to because of it.
 */
export type Source = { deliveryId: string; receivedAt: Date; isReplay?: boolean };

/** An event as its kept delivery tells it. */
export type KeptEvent = MetaEvent & Source;
