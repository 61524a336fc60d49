import type { Ad, AdSettings, Page, Prefill, Question, World } from "./world.ts";

/** The world at its beginning: two pages of different regimes, and four ads whose settings differ so that every path can be played. */
const SOLAR = "104411223344556";
const KITCHEN = "104411223399887";

const pages: Page[] = [
  {
    id: SOLAR,
    name: "Solar Süd",
    regime: "routing",
    isTakeAllowed: true,
    defaultAppId: null,
    hasLongAdWindow: true,
    hasHumanAgent: true,
  },
  {
    id: KITCHEN,
    name: "Nordlicht Küchen",
    regime: "zero-config",
    isTakeAllowed: false,
    defaultAppId: null,
    hasLongAdWindow: false,
    hasHumanAgent: false,
  },
];

const choose = (text: string, choices: string[], disqualifies: string[] = []): Question => ({
  text,
  choices,
  disqualifies,
  prefill: null,
});
const tellUs = (text: string, prefill: Prefill | null = null): Question => ({
  text,
  choices: [],
  disqualifies: [],
  prefill,
});

type Draft = Omit<Ad, "id" | "pageId" | "postId" | "photoUrl" | "settings"> & { settings: Partial<AdSettings> };

function ad(appId: string, id: string, pageId: string, photo: string, draft: Draft): Ad {
  return {
    ...draft,
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
      ...draft.settings,
    },
  };
}

function ads(appId: string): Ad[] {
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

export function newWorld(seed: string, appId: string): World {
  return {
    seed,
    run: 1,
    counter: 0,
    appId,
    pages: pages.map((page) => ({ ...page, defaultAppId: page.regime === "routing" ? appId : null })),
    ads: ads(appId),
    people: {},
    threads: {},
    queue: [],
    log: [],
    settings: { hold: false, down: false, repeat: 0, shuffle: false, batch: 1 },
    faults: { sends: [], revokedPageIds: [], dropEchoes: 0 },
    sent: [],
  };
}
