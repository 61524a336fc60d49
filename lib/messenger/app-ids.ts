/** The apps of Meta's own that hold threads. Their ids are the same on every page. */
export const LEADGEN_APP_ID = "413038776280800";
export const PAGE_INBOX_APP_ID = "263902037430900";
export const INSTAGRAM_INBOX_APP_ID = "1217981644879628";

/** Meta's reference on echoes prints the id of the Page Inbox one digit short, and such echoes may exist. */
export const PAGE_INBOX_APP_IDS: readonly string[] = [PAGE_INBOX_APP_ID, "26390203743090", INSTAGRAM_INBOX_APP_ID];

/** The inbox in Meta's own Business Suite, for Messenger or Instagram. */
export function isPageInbox(appId: string | null): boolean {
  return appId !== null && PAGE_INBOX_APP_IDS.includes(appId);
}

/** The app that asks a lead ad's questions. */
export function isLeadgen(appId: string | null): boolean {
  return appId === LEADGEN_APP_ID;
}
