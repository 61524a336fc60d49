/** What the settings show of an ad: its names, its leads, and what its template seems to be set to. */
import type { Advice, Guess } from "./template-guess.ts";

export type AdDetails = {
  pageId: string;
  adId: string;
  title: string | null;
  /** As Ads Manager calls them; null until Meta tells us. */
  name: string | null;
  adsetName: string | null;
  campaignName: string | null;
  firstSeenAt: Date;
  leads: number;
  complete: number;
  guesses: Guess[];
  advice: Advice[];
  stopWords: readonly string[];
  autoReply: string | null;
};

export type PageAds = { page: { id: string; name: string }; ads: AdDetails[] };
