import { createHash } from "node:crypto";

/** Holds the nonce in the browser that began; no other host of ours, nor a page without encryption, can set it. */
export const LOGIN_COOKIE = "__Host-lead-inbox.meta_login";

/** Where what Meta granted waits for the person's choice: bound into the seal, readable for this person alone. */
export const grantPlace = (agentId: string): string => `verification.value.meta-pages.${agentId}`;
export const grantName = (agentId: string): string => `meta-pages:${agentId}`;

/** What was begun is found again by a digest: who reads the table cannot finish it. */
export function loginName(state: string): string {
  return `meta-login:${createHash("sha256").update(state).digest("base64url")}`;
}

export const digest = (text: string): string => createHash("sha256").update(text).digest("base64url");
