/**
 * Meta's answers to the question who holds a thread, as facts. `thread_owner` names the app to the owner and to the
 * default app alone; others learn only until when somebody keeps it. An empty answer does not prove that nobody
 * does: Meta's own apps hold threads it then hides.
 */
import type { ControlFact } from "./control.ts";

export type OwnerAnswer =
  | { of: "thread_owner"; owner: { appId: string | null; expiresAt: Date | null } | null }
  | { of: "is_owner"; isOwner: boolean };

/** `at`: when we asked. */
export function ownerFact(answer: OwnerAnswer, at: Date, ourAppId: string): ControlFact {
  const fact = { key: `answer:${answer.of}:${at.toISOString()}`, source: "answer", at, isLeadHandover: false } as const;
  if (answer.of === "is_owner") {
    return answer.isOwner ? { ...fact, kind: "owner", appId: ourAppId } : { ...fact, kind: "not_ours", appId: null };
  }
  const { owner } = answer;
  if (owner === null || (owner.appId === null && owner.expiresAt === null)) {
    return { ...fact, kind: "not_ours", appId: null };
  }
  const { appId, expiresAt } = owner;
  return { ...fact, kind: appId === null ? "standby" : "owner", appId, expiresAt };
}
