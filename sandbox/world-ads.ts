/** Lead ads and the message templates behind them, as a person set them up in Ads Manager. */
export type Prefill = "EMAIL" | "PHONE" | "CITY";

/** A step of the template after the intro. One that `disqualifies` by itself is an end others jump to; `text` is then said. */
export type Question = {
  id: string;
  isDisqualification: boolean;
  text: string;
  /** Offered as quick replies; empty for a free answer. */
  choices: string[];
  /** Choices that end the flow as disqualified. */
  disqualifies: string[];
  prefill: Prefill | null;
  allowsSkip: boolean;
  /** Step ids by choice: forward only. */
  jumps: Record<string, string>;
};

/** The switches of an ad's message template. */
export type AdSettings = {
  connectedAppId: string | null;
  sendsSummary: boolean;
  allowsInterrupt: boolean;
  stopKeywords: string[];
  stopMessage: string;
  blocksSendApi: boolean;
  /** Whether Meta's own labels ("Lead Disqualified" …) reach the app. */
  labels: boolean;
  /** How long the connected app keeps control after the last user message, 1 to 7 days. */
  controlDays: number;
};

/** What the Marketing API tells of an ad. */
export type Campaign = {
  name: string;
  effectiveStatus: string;
  adsetId: string;
  adsetName: string;
  campaignId: string;
  campaignName: string;
  /** Whether our token may read these names. */
  areNamesAllowed: boolean;
};

export type Ad = {
  id: string;
  pageId: string;
  language: "de" | "en";
  title: string;
  body: string;
  photoUrl: string;
  postId: string;
  intro: string;
  confirmation: string;
  disqualification: string;
  reminder: string | null;
  questions: Question[];
  settings: AdSettings;
  campaign: Campaign;
};
