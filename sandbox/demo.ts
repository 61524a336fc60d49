import { demoAds, KITCHEN, SOLAR } from "./demo-ads.ts";
import { demoForms } from "./demo-forms.ts";
import { newGraphWorld } from "./graph-world.ts";
import type { Page, World } from "./world.ts";

/** The world at its beginning: two pages of different regimes, their ads and forms. */
export const VERSION = 2;

/** What Meta and its people allow until somebody says otherwise. */
const willing = {
  isProfileAllowed: true,
  hasLeadAccess: true,
  hasLabelTerms: true,
  isHighVolume: false,
  policy: null,
};

const pages: Page[] = [
  {
    id: SOLAR,
    name: "Solar Süd",
    regime: "routing",
    isTakeAllowed: true,
    defaultAppId: null,
    hasLongAdWindow: true,
    hasHumanAgent: true,
    instagramId: "17841400099887766",
    ...willing,
  },
  {
    id: KITCHEN,
    name: "Nordlicht Küchen",
    regime: "zero-config",
    isTakeAllowed: false,
    defaultAppId: null,
    hasLongAdWindow: false,
    hasHumanAgent: false,
    instagramId: null,
    ...willing,
  },
];

export function newWorld(seed: string, appId: string): World {
  return {
    version: VERSION,
    seed,
    run: 1,
    counter: 0,
    appId,
    pages: pages.map((page) => ({ ...page, defaultAppId: page.regime === "routing" ? appId : null })),
    ads: demoAds(appId),
    people: {},
    threads: {},
    queue: [],
    log: [],
    settings: { hold: false, down: false, downSince: null, repeat: 0, shuffle: false, batch: 1 },
    faults: { sends: [], revokedPageIds: [], dropEchoes: 0, drop: false, dropDeliveries: 0, delayMs: 0 },
    sent: [],
    instantForms: structuredClone(demoForms),
    instantLeads: [],
    lost: 0,
    graph: newGraphWorld(pages.map(({ id }) => id)),
  };
}
