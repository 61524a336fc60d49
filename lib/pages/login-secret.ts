import { createHash } from "node:crypto";

/** Where what Meta granted waits for the person's choice: bound into the seal, readable for this person alone. */
export const grantPlace = (agentId: string): string => `verification.value.meta-pages.${agentId}`;
export const grantName = (agentId: string): string => `meta-pages:${agentId}`;

/** What was begun is found again by a digest: who reads the table cannot finish it. */
export function loginName(state: string): string {
  return `meta-login:${createHash("sha256").update(state).digest("base64url")}`;
}

export const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");
