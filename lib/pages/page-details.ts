import type { PageHistoryKind } from "./page-history.ts";
import type { PageNotice } from "./page-notice.ts";

/** A page as its screen shows it. */
export type PageDetails = {
  id: string;
  name: string;
  platform: "messenger" | "instagram";
  connectedAt: Date | null;
  notices: PageNotice[];
  lastEventAt: Date | null;
  checkedAt: Date | null;
  tokenExpiresAt: Date | null;
  routing: "configured" | "none" | null;
  usagePercent: number | null;
  settings: PageSettings;
  history: PageHistoryLine[];
};

export type PageSettings = {
  hasHumanAgent: boolean;
  usesPersonas: boolean;
  defaultCountry: string;
  disclosure: string | null;
};

export type PageHistoryLine = {
  id: string;
  kind: PageHistoryKind;
  at: Date;
  /** Null: the product itself, or somebody at the command line. */
  actorName: string | null;
  data: Record<string, string | number | string[] | null>;
};
