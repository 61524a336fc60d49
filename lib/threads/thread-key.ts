/** A thread is everything between one page and one PSID. */
export type ThreadKey = { pageId: string; psid: string };
