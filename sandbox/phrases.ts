/** What people write: answers to free questions, and how conversations go on after a lead. */
type Phrases = { free: [string, ...string[]]; later: [string, ...string[]]; inbox: [string, ...string[]] };

const long =
  "Also, das ist etwas kompliziert: Das Haus ist von 1927, steht teilweise unter Denkmalschutz, hat ein Mansarddach mit zwei Gauben nach " +
  "Süden und eine Garage mit Flachdach nach Westen. Der Zählerschrank wurde 2009 erneuert.\nDie Nachbarn haben letztes Jahr eine Anlage " +
  "bekommen und sind begeistert – so etwas hätten wir auch gern. Wichtig wäre uns, dass die Handwerker die alten Ziegel wiederverwenden. ";

export const phrases: Record<"de" | "en", Phrases> = {
  de: {
    free: [
      "Etwa 14 m², Fenster nach Süden, offen zum Esszimmer.",
      "Kleine Küche im Altbau, Schräge links 😅",
      "Neubau, Bezug im März. Grundriss kann ich schicken.",
      "L-förmig: 3,20 m × 2,40 m",
      "keine Ahnung, müsste ich messen",
      long.repeat(3).trim(),
      "„Gemütlich“ trifft es wohl am besten: 100 % Landhaus & viel Holz",
    ],
    later: [
      "Können Sie mich morgen nach 17 Uhr anrufen?",
      "Gibt es dafür eigentlich eine Förderung?",
      "Danke, das klingt gut 👍",
      "Haben Sie auch samstags geöffnet?",
      "Ich habe noch Fotos vom Dach, wohin damit?",
      "Hallo? Ist da jemand?",
      "Was kostet das ungefähr – so ganz grob?",
    ],
    inbox: [
      "Hallo, hier ist Jana aus dem Team. Ich habe Ihre Anfrage gesehen.",
      "Guten Tag! Wann passt Ihnen ein kurzes Telefonat?",
      "Vielen Dank, ich schicke Ihnen gleich die Unterlagen.",
    ],
  },
  en: {
    free: [
      "Semi-detached, roof faces south-west.",
      "It's a listed building, so drilling outside needs permission :(",
      "We have an EV and a heat pump, both run at night 🔌🚗",
      "nope",
      "Two meters in the basement; the newer one is on the left (behind the shelf).",
      "-5 °C in the garage in winter, is that a problem?",
    ],
    later: [
      "Can you call me tomorrow after 5?",
      "Is there any funding for this?",
      "Great, thanks! 🙏",
      "Do you have anything on Saturday?",
      "How long does it usually take?",
      "Sorry, wrong email – it's the same name at example.com",
    ],
    inbox: ["Hi, this is Jana from the team. I saw your request.", "Hello! When would a short call suit you?"],
  },
};
