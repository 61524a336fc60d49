import type { PageSettings } from "#lib/pages/page-details.ts";

/** How it went, as the sentence under `pages.answer` says it. */
export type PageAnswer =
  | "connected"
  | "checked"
  | "no-answer"
  | "not-allowed"
  | "not-found"
  | "not-connected"
  | "invalid"
  | "not-page"
  | "other-page"
  | "no-app"
  | "bad-request"
  | "gone"
  | "disconnected"
  | "saved"
  | "declined"
  | "no-pages"
  | "refused"
  | "not-ours";

/** What the screen of pages may ask of the server. */
export type PageActions = {
  startLogin: () => Promise<{ url: string } | { answer: PageAnswer }>;
  checkNow: (pageId: string) => Promise<PageAnswer>;
  disconnect: (pageId: string) => Promise<PageAnswer>;
  saveSettings: (input: { pageId: string } & PageSettings) => Promise<PageAnswer>;
  connectToken: (input: { id: string; name: string; token: string }) => Promise<PageAnswer>;
  connectChosen: (ids: string[]) => Promise<PageAnswer>;
};
