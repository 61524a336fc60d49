/** Words of the stories a newcomer can play, and of what to look at afterwards. */
const en = {
  title: "Try this",
  hint: "Each takes half a minute. Keep Lead Inbox open beside it.",
  play: "Play",
  playing: "Playing …",
  look: "Now look in Lead Inbox",
  open: "Open Lead Inbox",
  stop: "Close",
  disqualified: {
    title: "Disqualified",
    says: "Somebody’s answer rules them out.",
    look: (/** @type {string} */ name) =>
      `${name} stands in the list as “Incomplete, disqualified”, with the answer that decided it. Open the lead: the labels and the end of the questions are in the conversation.`,
  },
  stopped: {
    title: "Stop keyword",
    says: "Somebody wants a human in the middle of the questions.",
    look: (/** @type {string} */ name) =>
      `${name} stands in the list as “Incomplete, asked to stop”. Open the lead: the keyword is in the conversation, and you may answer at once.`,
  },
  takeover: {
    title: "Takeover from the Page Inbox",
    says: "A colleague answers in Meta’s own inbox.",
    look: (/** @type {string} */ name) =>
      `Open ${name}: “The Page Inbox has control”, the colleague’s reply is in the conversation, and sending waits. Press “Take control”, answer, and watch the phone here.`,
  },
  outage: {
    title: "An outage",
    says: "Lead Inbox cannot be reached while leads come in.",
    look: (/** @type {string} */ name) =>
      `Nothing of ${name} in Lead Inbox: Meta keeps trying, and the deliveries wait under “Deliveries”. Now end the outage.`,
    end: "End the outage",
    looked: (/** @type {string} */ name) =>
      `${name} is there, once, complete, with the time of the answers rather than of the arrival. Nothing was lost.`,
  },
  noAd: "No ad has the settings for this. “Start over” brings them back.",
};

/** @type {typeof en} */
const de = {
  title: "Zum Ausprobieren",
  hint: "Jede Szene dauert eine halbe Minute. Lassen Sie Lead Inbox daneben offen.",
  play: "Spielen",
  playing: "Läuft …",
  look: "Jetzt in Lead Inbox ansehen",
  open: "Lead Inbox öffnen",
  stop: "Schließen",
  disqualified: {
    title: "Nicht geeignet",
    says: "Eine Antwort schließt jemanden aus.",
    look: (name) =>
      `${name} steht als „Unvollständig, nicht geeignet“ in der Liste, mit der entscheidenden Antwort. Öffnen Sie den Lead: Labels und Ende der Fragen stehen in der Unterhaltung.`,
  },
  stopped: {
    title: "Stoppwort",
    says: "Jemand möchte mitten in den Fragen einen Menschen.",
    look: (name) =>
      `${name} steht als „Unvollständig, Stopp gewünscht“ in der Liste. Öffnen Sie den Lead: Das Stoppwort steht in der Unterhaltung, und Sie dürfen sofort antworten.`,
  },
  takeover: {
    title: "Übernahme durch die Page Inbox",
    says: "Jemand aus dem Team antwortet in Metas eigenem Posteingang.",
    look: (name) =>
      `Öffnen Sie ${name}: Die Page Inbox hat die Steuerung, die Antwort von dort steht in der Unterhaltung, und Senden wartet. Wählen Sie „Steuerung übernehmen“, antworten Sie, und sehen Sie hier auf das Telefon.`,
  },
  outage: {
    title: "Ein Ausfall",
    says: "Lead Inbox ist nicht erreichbar, während Leads eintreffen.",
    look: (name) =>
      `Von ${name} ist in Lead Inbox nichts zu sehen: Meta versucht es weiter, die Zustellungen warten unter „Zustellungen“. Beenden Sie jetzt den Ausfall.`,
    end: "Ausfall beenden",
    looked: (name) =>
      `${name} ist da, genau einmal, vollständig und mit der Zeit der Antworten statt der Ankunft. Nichts ging verloren.`,
  },
  noAd: "Keine Anzeige hat die Einstellungen dafür. „Von vorn beginnen“ bringt sie zurück.",
};

export const stories = { en, de };
