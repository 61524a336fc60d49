import { z } from "zod";
import { type Meta, pageOf, Refusal } from "./meta.ts";
import type { Page } from "./world.ts";

/** What the page's people decide in their settings, and what Meta allows our app there. */
export const pageBody = z.strictObject({
  routing: z.enum(["configured", "none"]).optional(),
  defaultAppId: z.coerce.string().regex(/^\d+$/).nullable().optional(),
  takeAllowed: z.boolean().optional(),
  humanAgent: z.boolean().optional(),
  adWindowDays: z.union([z.literal(1), z.literal(7)]).optional(),
  profileAllowed: z.boolean().optional(),
  leadAccess: z.boolean().optional(),
  labelsTermsAccepted: z.boolean().optional(),
  highVolume: z.boolean().optional(),
});
type PageBody = z.infer<typeof pageBody>;

export function changePage(meta: Meta, pageId: string, wanted: PageBody): unknown {
  const page = pageOf(meta.world, pageId);
  route(meta, page, wanted);
  page.isTakeAllowed = wanted.takeAllowed ?? page.isTakeAllowed;
  page.hasHumanAgent = wanted.humanAgent ?? page.hasHumanAgent;
  if (wanted.adWindowDays !== undefined) page.hasLongAdWindow = wanted.adWindowDays === 7;
  page.isProfileAllowed = wanted.profileAllowed ?? page.isProfileAllowed;
  page.hasLeadAccess = wanted.leadAccess ?? page.hasLeadAccess;
  page.hasLabelTerms = wanted.labelsTermsAccepted ?? page.hasLabelTerms;
  page.isHighVolume = wanted.highVolume ?? page.isHighVolume;
  meta.worldChanged();
  return viewPage(page);
}

/** Conversation Routing is configured by choosing a default app, so one goes with the other. */
function route(meta: Meta, page: Page, { routing, defaultAppId }: PageBody): void {
  if (routing === "none" && typeof defaultAppId === "string") {
    throw new Refusal(409, "Without routing a page has no default app.");
  }
  if (routing === "configured" && defaultAppId === null) {
    throw new Refusal(409, "Routing is configured by choosing a default app.");
  }
  if (routing === "none" || defaultAppId === null) {
    page.regime = "zero-config";
    page.defaultAppId = null;
  } else if (routing === "configured" || defaultAppId !== undefined) {
    page.regime = "routing";
    page.defaultAppId = defaultAppId ?? page.defaultAppId ?? meta.world.appId;
  }
}

/** The page as it is, and in the words of the body above. */
export function viewPage(page: Page) {
  return {
    ...page,
    routing: page.regime === "routing" ? "configured" : "none",
    takeAllowed: page.isTakeAllowed,
    humanAgent: page.hasHumanAgent,
    adWindowDays: page.hasLongAdWindow ? 7 : 1,
    profileAllowed: page.isProfileAllowed,
    leadAccess: page.hasLeadAccess,
    labelsTermsAccepted: page.hasLabelTerms,
    highVolume: page.isHighVolume,
  };
}
