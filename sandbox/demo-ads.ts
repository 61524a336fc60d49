import type { Ad, AdSettings, Campaign, Prefill, Question } from "./world-ads.ts";

/** Four ads whose settings differ so that every path can be played. */
export const SOLAR = "104411223344556";
export const KITCHEN = "104411223399887";

type Step = Omit<Question, "id">;
const plain = { isDisqualification: false, allowsSkip: false, jumps: {} };

const choose = (text: string, choices: string[], disqualifies: string[] = []): Step => ({
  text,
  choices,
  disqualifies,
  prefill: null,
  ...plain,
});
const tellUs = (text: string, prefill: Prefill | null = null): Step => ({
  text,
  choices: [],
  disqualifies: [],
  prefill,
  ...plain,
});

type Draft = Omit<Ad, "id" | "pageId" | "postId" | "photoUrl" | "reminder" | "questions" | "settings" | "campaign"> & {
  questions: Step[];
  settings: Partial<AdSettings>;
  campaign: Pick<Campaign, "name" | "adsetName" | "campaignName">;
};

function ad(appId: string, id: string, pageId: string, photo: string, draft: Draft): Ad {
  return {
    ...draft,
    questions: draft.questions.map((step, index) => ({ id: `q${index + 1}`, ...step })),
    reminder: null,
    campaign: {
      ...draft.campaign,
      effectiveStatus: "ACTIVE",
      adsetId: `12023100456789${id.slice(-1)}200`,
      campaignId: `12023100456789${pageId === SOLAR ? 1 : 3}300`,
      areNamesAllowed: true,
    },
    id,
    pageId,
    postId: `${pageId}_8899001122${id.slice(-2)}`,
    photoUrl: `https://scontent.example/${photo}.jpg`,
    settings: {
      connectedAppId: appId,
      sendsSummary: true,
      allowsInterrupt: false,
      stopKeywords: [],
      stopMessage: "",
      blocksSendApi: true,
      labels: false,
      controlDays: 1,
      ...draft.settings,
    },
  };
}

export function demoAds(appId: string): Ad[] {
  return [
    ad(appId, "120231004567890101", SOLAR, "solardach", {
      language: "de",
      title: "Solardach-Check – jetzt im Herbst",
      body: "In zwei Minuten wissen, ob sich eine Solaranlage auf Ihrem Dach lohnt. Kostenlos & unverbindlich.",
      intro: "Hallo! Schön, dass Sie da sind ☀️ Ein paar kurze Fragen, dann meldet sich unser Team.",
      confirmation: "Vielen Dank! Wir prüfen Ihre Angaben und melden uns noch heute.",
      disqualification: "Vielen Dank für Ihr Interesse. Für Mietobjekte können wir leider nichts anbieten.",
      questions: [
        choose("Gehört Ihnen das Haus?", ["Ja", "Nein, ich miete"], ["Nein, ich miete"]),
        choose("Wie groß ist Ihr Dach ungefähr?", ["unter 50 m²", "50–100 m²", "über 100 m²", "weiß ich nicht"]),
        choose("Wann möchten Sie starten?", ["So bald wie möglich", "In 3–6 Monaten", "Nächstes Jahr"]),
        tellUs("Wo steht das Haus?", "CITY"),
        tellUs("Unter welcher Nummer erreichen wir Sie?", "PHONE"),
        tellUs("Wie lautet Ihre E-Mail-Adresse?", "EMAIL"),
      ],
      campaign: { name: "Video A – Herbst", adsetName: "BW 30–60", campaignName: "Solar Q4" },
      settings: {
        stopKeywords: ["Support", "Mensch"],
        stopMessage: "Alles klar, ein Mensch aus unserem Team übernimmt.",
        labels: true,
      },
    }),
    ad(appId, "120231004567890102", SOLAR, "home-battery", {
      language: "en",
      title: "Home battery: keep your sunshine",
      body: "Store what your roof makes. Get a quote for a 10 kWh battery, installed before winter.",
      intro: "Hi there! Four quick questions and we will send you a quote.",
      confirmation: "Thank you! Your quote is on its way.",
      disqualification: "Thanks for your time. A battery needs solar panels first, so we cannot help yet.",
      questions: [
        choose("Do you already have solar panels?", ["Yes", "Being installed", "No"], ["No"]),
        choose("How much power do you use per year?", ["< 3,000 kWh", "3,000–6,000 kWh", "> 6,000 kWh"]),
        tellUs("Anything we should know about your house?"),
        tellUs("What is your email address?", "EMAIL"),
      ],
      campaign: { name: "Carousel EN", adsetName: "Expats, 50 km", campaignName: "Solar Q4" },
      settings: {
        sendsSummary: false,
        allowsInterrupt: true,
        blocksSendApi: false,
        stopKeywords: ["support", "stop"],
        stopMessage: "Okay, a colleague will take it from here.",
      },
    }),
    ad(appId, "120231004567890103", KITCHEN, "traumkueche", {
      language: "de",
      title: "Traumküche planen – 3D-Beratung gratis",
      body: "Ihre neue Küche in 3D, geplant mit einer Expertin aus Hamburg. Termin per Video oder vor Ort.",
      intro: "Moin! Wir freuen uns auf Ihre Küche. Fünf Fragen, dann geht's los 🍳",
      confirmation: "Danke! Wir schlagen Ihnen gleich einen Termin vor.",
      disqualification: "Danke! Einzelne Geräte verkaufen wir leider nicht.",
      questions: [
        choose("Was planen Sie?", ["Neue Küche", "Teilerneuerung", "Nur ein Gerät"], ["Nur ein Gerät"]),
        choose("Welchen Stil mögen Sie?", ["Modern", "Landhaus", "Skandinavisch", "Noch offen"]),
        tellUs("Beschreiben Sie Ihren Raum in ein, zwei Sätzen."),
        choose("Welches Budget haben Sie im Kopf?", ["bis 10.000 €", "10.000–20.000 €", "über 20.000 €"]),
        tellUs("Ihre Telefonnummer für den Termin?", "PHONE"),
      ],
      campaign: { name: "3D-Film kurz", adsetName: "Hamburg + 40 km", campaignName: "Küchen Winter" },
      settings: {
        blocksSendApi: false,
        stopKeywords: ["Beratung", "Stopp"],
        stopMessage: "Gern! Eine Kollegin schreibt Ihnen gleich.",
      },
    }),
    ad(appId, "120231004567890104", KITCHEN, "showroom", {
      language: "en",
      title: "Visit our showroom – coffee's on us",
      body: "Touch, open, cook: 40 kitchens on two floors. Book a slot and bring your floor plan.",
      intro: "Hello and welcome! Let's find a time for your visit.",
      confirmation: "Lovely, see you soon! We will confirm your slot by email.",
      disqualification: "Thank you! We only plan kitchens for private homes.",
      questions: [
        choose("Is the kitchen for a private home?", ["Yes, private", "No, for a business"], ["No, for a business"]),
        choose("Which day suits you?", ["Weekday morning", "Weekday afternoon", "Saturday"]),
        tellUs("What is your email address?", "EMAIL"),
      ],
      campaign: { name: "Showroom EN", adsetName: "Hamburg EN", campaignName: "Küchen Winter" },
      settings: {
        connectedAppId: null,
        sendsSummary: false,
        stopKeywords: ["help"],
        stopMessage: "Of course, a person will help you.",
        labels: true,
      },
    }),
  ];
}
