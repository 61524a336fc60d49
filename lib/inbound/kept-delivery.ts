/** What is told of kept deliveries on the screen of the books. */
import { z } from "zod";
import type { MetaEvent } from "#lib/messenger/meta-event.ts";
import type { RawView } from "./raw-view.ts";

export const deliveryFilter = z.enum(["all", "unreadable", "waiting", "parked", "ignored"]);
export type DeliveryFilter = z.infer<typeof deliveryFilter>;

/** Where a list goes on: the last one of the part before, "MILLISECONDS.ID". */
export const deliveryPlace = z
  .string()
  .regex(/^\d{1,15}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text) => {
    const [at = "", id = ""] = text.split(".");
    return { at: new Date(Number(at)), id };
  });
export type DeliveryPlace = z.infer<typeof deliveryPlace>;

export type ListedDelivery = {
  id: string;
  receivedAt: Date;
  source: "webhook" | "history";
  bytes: number;
  state: "waiting" | "opened" | "unreadable";
  isReplay: boolean;
  eventCount: number;
  duplicateCount: number;
};

export type DeliveryList = { rows: ListedDelivery[]; next: string | null };

/** `unopened`: its delivery waits. `missing`: the books know nothing of it, and should. */
export const eventFates = ["applied", "ignored", "parked", "waiting", "duplicate", "missing", "unopened"] as const;
export type KeptEventFate = (typeof eventFates)[number];

export type KeptEvent = {
  position: number;
  kind: MetaEvent["kind"];
  pageId: string;
  pageName: string;
  at: Date;
  fate: KeptEventFate;
  reason: string | null;
  /** For those who may have it applied again. */
  key: string | null;
  /** pageId.id of a lead of its thread. */
  lead: string | null;
  /** The delivery that brought it first. */
  broughtBy: string | null;
};

export type KeptDelivery = ListedDelivery & {
  openedAt: Date | null;
  stateReason: string | null;
  attempts: number;
  sha256: string;
  /** Whether the kept bytes still are those that came. */
  isWhole: boolean;
  headers: { name: string; value: string }[];
  events: KeptEvent[];
  /** How many more events it holds than are listed. */
  more: number;
  raw: RawView;
  /** False: what people wrote is hidden in `raw`. */
  hasPeoplesWords: boolean;
  mayReplay: boolean;
};
