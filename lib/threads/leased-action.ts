/** A thread action the worker has in hand: how it is said to Meta, and what it means for control once accepted. */
import { INSTAGRAM_INBOX_APP_ID, PAGE_INBOX_APP_ID } from "#lib/messenger/app-ids.ts";
import type { ControlWish } from "#lib/messenger/control-thread.ts";
import type { ControlFact } from "./control.ts";
import type { ControlActionKind } from "./control-actions.ts";
import type { ThreadKey } from "./thread-key.ts";

export type LeasedAction = ThreadKey & {
  id: string;
  kind: ControlActionKind;
  targetAppId: string | null;
  seconds: number | null;
  authorId: string;
  leaseNumber: number;
};

export function callOf({ kind, targetAppId, seconds }: LeasedAction): ControlWish {
  if (kind === "pass_app") return { kind, targetAppId: targetAppId ?? "" };
  if (kind === "extend") return { kind, seconds: seconds ?? 0 };
  return kind;
}

type Place = { ourAppId: string; isInstagram: boolean };

/** What an accepted call says about control. A request is only a wish; its event tells when it was granted. */
export function factOf(action: LeasedAction, at: Date, { ourAppId, isInstagram }: Place): ControlFact | null {
  const fact = { key: `action:${action.id}`, source: "api", at, isLeadHandover: false } as const;
  switch (action.kind) {
    case "take":
      return { ...fact, kind: "owner", appId: ourAppId };
    case "pass_page_inbox":
      return { ...fact, kind: "owner", appId: isInstagram ? INSTAGRAM_INBOX_APP_ID : PAGE_INBOX_APP_ID };
    case "pass_app":
      return { ...fact, kind: "owner", appId: action.targetAppId };
    case "pass_default":
      // Which app that is, Meta's event tells.
      return { ...fact, kind: "not_ours", appId: null };
    case "extend":
      return {
        ...fact,
        kind: "owner",
        appId: ourAppId,
        expiresAt: new Date(at.getTime() + (action.seconds ?? 0) * 1000),
      };
    case "release":
      // No webhook tells of a release.
      return { ...fact, kind: "released", appId: null };
    case "request":
      return null;
  }
}
