/**
 * What an ad's message template seems to be set to. Meta shows templates in Ads Manager only, so this is read from
 * what the ad's leads brought with them. A guess needs evidence, and says on how many leads it rests.
 */
export type AdEvidence = {
  leads: number;
  complete: number;
  /** Complete leads of which Meta told us by referral. */
  referrals: number;
  /** Leads with a handover from the questions to our app. */
  handovers: number;
  summaries: number;
  /** Leads whose answers reached us one by one while the questions ran. */
  heard: number;
  /** Leads while whose questions ran Meta refused a message of ours. */
  refused: number;
  interruptedByUs: number;
  stopped: number;
  /** What people wrote to end the questions, most frequent first. */
  stopWords: readonly string[];
};

/** What is known of an ad that brought nothing yet. */
export const noEvidence: AdEvidence = {
  leads: 0,
  complete: 0,
  referrals: 0,
  handovers: 0,
  summaries: 0,
  heard: 0,
  refused: 0,
  interruptedByUs: 0,
  stopped: 0,
  stopWords: [],
};

export const templateSettings = ["app", "summary", "sendApi", "interrupt", "keywords"] as const;
export type TemplateSetting = (typeof templateSettings)[number];

/** `from`: the number of leads it rests on. */
export type Guess = { setting: TemplateSetting; value: "on" | "off" | "unknown"; from: number };

export const adviceWords = ["connectApp", "sendSummary", "answerKeywords"] as const;
export type Advice = (typeof adviceWords)[number];

/** Below this, silence says nothing: signals come late, and some not at all. */
const SILENCE = 3;

export function guessTemplate(ad: AdEvidence): Guess[] {
  return [
    told("app", ad.handovers, ad.referrals),
    // Meta sends summaries of complete leads, and to connected apps alone.
    told("summary", ad.summaries, ad.handovers === 0 ? 0 : ad.complete),
    sendApi(ad),
    ad.interruptedByUs > 0
      ? { setting: "interrupt", value: "on", from: ad.interruptedByUs }
      : { setting: "interrupt", value: "unknown", from: 0 },
    ad.stopped > 0
      ? { setting: "keywords", value: "on", from: ad.stopped }
      : { setting: "keywords", value: "unknown", from: 0 },
  ];
}

/** What follows for whoever sets up the ad. */
export function adviceFor(ad: AdEvidence): Advice[] {
  const guessed = (setting: TemplateSetting) => guessTemplate(ad).find((guess) => guess.setting === setting)?.value;
  return adviceWords.filter((word) => {
    if (word === "connectApp") return guessed("app") === "off";
    if (word === "sendSummary") return guessed("summary") === "off";
    return guessed("keywords") === "on";
  });
}

function told(setting: TemplateSetting, seen: number, silent: number): Guess {
  if (seen > 0) return { setting, value: "on", from: seen };
  return silent >= SILENCE ? { setting, value: "off", from: silent } : { setting, value: "unknown", from: silent };
}

/** "On" means that Meta blocks messages while the questions run, which is Meta's default. */
function sendApi({ heard, refused, leads, interruptedByUs }: AdEvidence): Guess {
  if (refused > 0) return { setting: "sendApi", value: "on", from: refused };
  if (heard > 0 || interruptedByUs > 0) return { setting: "sendApi", value: "off", from: heard + interruptedByUs };
  return leads >= SILENCE
    ? { setting: "sendApi", value: "on", from: leads }
    : { setting: "sendApi", value: "unknown", from: leads };
}
