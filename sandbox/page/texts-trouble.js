/** Every trouble: what happens, and what Lead Inbox should make of it. */
const en = {
  hint: "Each line says what happens, and what Lead Inbox should do about it.",
  page: "Page",
  should: "Lead Inbox",
  groups: {
    deliveries: "When events arrive",
    sending: "When Lead Inbox calls Meta",
    access: "What Lead Inbox may do",
    subscriptions: "What Lead Inbox hears",
    lost: "Lost time, and tests",
  },
  off: "off",
  hold: {
    word: "Hold deliveries",
    says: "Everything waits until it is let go.",
    should: "shows nothing new, and everything in the right order afterwards.",
  },
  down: {
    word: "Lead Inbox unreachable",
    says: "Every call fails and is tried again.",
    should: "catches up by itself when it is back; nothing is doubled.",
  },
  hour: {
    word: "An hour of failing",
    says: "After an hour Meta unsubscribes the pages; what waited is lost.",
    should: "notices the silence, subscribes again, and reads the history for what it missed.",
    act: "Let the hour be over",
  },
  drop: {
    word: "Lose everything",
    says: "Updates are lost for ever, without a second try.",
    should: "cannot know at once; it finds messages and leads when it compares with the history.",
  },
  late: {
    word: "Updates leave later",
    says: "They keep their own times.",
    should: "sorts them in by the time they happened.",
    unit: (/** @type {number} */ n) => (n < 60 ? `${n} seconds` : `${n / 60} minutes`),
  },
  repeat: {
    word: "Repeat each delivery",
    says: "Meta promises at least once, not only once.",
    should: "shows each message and lead once.",
  },
  shuffle: {
    word: "Mixed order",
    says: "What waits goes out reordered.",
    should: "ends with the same conversation as in order.",
  },
  batch: {
    word: "Events in one delivery",
    says: "Up to a thousand travel together.",
    should: "answers as fast, and handles each event alone.",
  },
  unclear: {
    word: "Unclear answer to the next send",
    says: "A time-out or half an answer: was it sent or not?",
    should: "never sends twice; it waits for the echo and says that it does not know.",
  },
  echo: {
    word: "Lose the next echo",
    says: "The message is sent, the report of it is lost.",
    should: "marks it as sent by the answer alone.",
  },
  usage: {
    word: "Calls used up",
    says: "The usage headers say so; from 100 % on calls are refused.",
    should: "slows down from 80 %, stops in time, and keeps replies first.",
  },
  wait: {
    word: "“Come back later”",
    says: "The next three calls answer 429 with Retry-After.",
    should: "waits as long as it was told, and loses nothing.",
    act: "For 30 seconds",
  },
  token: {
    word: "Token invalid",
    says: "Every call of the page answers 190 until somebody logs in again.",
    should: "shows one banner with the way to reconnect; replies wait.",
    act: "Invalidate",
    back: "Valid again",
    reasons: { 460: "password changed", 458: "app removed", 463: "expired", 492: "role on the page lost" },
  },
  permission: {
    word: "Permission missing",
    says: "Calls that need it answer 200 and name it.",
    should: "says which permission is missing, and what does not work without it.",
    act: "Take away",
    back: "Give back",
  },
  restrict: {
    word: "Page restricted",
    says: "Meta refuses all sends of the page.",
    should: "says that the page may not send; replies stay as drafts.",
  },
  notLive: {
    word: "App not live",
    says: "Only testers can be written to, and nothing is told of others.",
    should: "explains that the app must be switched live.",
  },
  policy: {
    word: "Meta’s policy",
    says: "A warning, or a block of sending.",
    should: "shows the notice with Meta’s reason, and lifts it when Meta does.",
    warning: "Warn",
    block: "Block",
    unblock: "Unblock",
  },
  media: {
    word: "Pictures and files gone",
    says: "Every address answers 410.",
    should: "shows that the file is no longer there; kept copies stay.",
  },
  unsubscribe: {
    word: "Page unsubscribed",
    says: "Silence, without any notice.",
    should: "finds it when it checks itself, and subscribes again.",
    act: "Unsubscribe",
  },
  unsubscribeApp: {
    word: "App unsubscribed",
    says: "Silence for all pages.",
    should: "finds it when it checks itself, and says what to do.",
    act: "Unsubscribe",
  },
  field: {
    word: "One field missing",
    says: "Only this kind of event stays away.",
    should: "names the missing field in its check, and adds it.",
    act: "Remove",
  },
  heard: (/** @type {string} */ page, /** @type {number} */ n) => `${page}: ${n} fields`,
  gap: {
    word: "Twenty minutes lost",
    says: "500 events with ten leads happen, and none is ever delivered.",
    should: "reads the history: messages and leads come back, reactions, receipts and ad ids do not.",
    act: "Play the gap",
    done: (/** @type {{ events: number, threads: number, messages: number, leads: number }} */ g) =>
      `${g.events} events lost. The history still shows ${g.messages} messages in ${g.threads} chats, ${g.leads} leads among them.`,
  },
  test: {
    word: "Test from the App Dashboard",
    says: "Made-up data of page “0”.",
    should: "answers 200 and keeps it out of the inbox.",
    act: "Send",
  },
  odd: {
    word: "A rare event in this chat",
    says: "A shape that Meta’s documentation hardly mentions.",
    should: "keeps it, shows what it can, and never stumbles.",
    act: "Send",
    none: "Open a chat first.",
  },
};

/** @type {typeof en} */
const de = {
  hint: "Jede Zeile sagt, was geschieht und was Lead Inbox daraus machen soll.",
  page: "Seite",
  should: "Lead Inbox",
  groups: {
    deliveries: "Wenn Ereignisse ankommen",
    sending: "Wenn Lead Inbox Meta ruft",
    access: "Was Lead Inbox darf",
    subscriptions: "Was Lead Inbox hört",
    lost: "Verlorene Zeit und Proben",
  },
  off: "aus",
  hold: {
    word: "Zustellungen anhalten",
    says: "Alles wartet, bis es losgelassen wird.",
    should: "zeigt nichts Neues und danach alles in richtiger Reihenfolge.",
  },
  down: {
    word: "Lead Inbox unerreichbar",
    says: "Jeder Aufruf scheitert und wird wiederholt.",
    should: "holt danach von selbst auf; nichts ist doppelt.",
  },
  hour: {
    word: "Eine Stunde Fehlschläge",
    says: "Nach einer Stunde meldet Meta die Seiten ab; Wartendes ist verloren.",
    should: "bemerkt die Stille, meldet sich wieder an und liest im Verlauf nach, was fehlt.",
    act: "Stunde vorbei sein lassen",
  },
  drop: {
    word: "Alles verlieren",
    says: "Ereignisse gehen endgültig verloren, ohne zweiten Versuch.",
    should: "kann es nicht sofort wissen; Nachrichten und Leads findet der Abgleich mit dem Verlauf.",
  },
  late: {
    word: "Ereignisse gehen später los",
    says: "Sie behalten ihre eigene Zeit.",
    should: "sortiert sie nach der Zeit ein, zu der sie geschahen.",
    unit: (n) => (n < 60 ? `${n} Sekunden` : `${n / 60} Minuten`),
  },
  repeat: {
    word: "Zustellungen wiederholen",
    says: "Meta verspricht mindestens einmal, nicht genau einmal.",
    should: "zeigt jede Nachricht und jeden Lead einmal.",
  },
  shuffle: {
    word: "Gemischte Reihenfolge",
    says: "Wartendes geht umsortiert hinaus.",
    should: "kommt zur selben Unterhaltung wie in der Reihenfolge.",
  },
  batch: {
    word: "Ereignisse je Zustellung",
    says: "Bis zu tausend reisen gemeinsam.",
    should: "antwortet gleich schnell und behandelt jedes Ereignis für sich.",
  },
  unclear: {
    word: "Unklare Antwort auf das nächste Senden",
    says: "Zeitüberschreitung oder halbe Antwort: gesendet oder nicht?",
    should: "sendet nie doppelt, wartet auf das Echo und sagt, dass es unklar ist.",
  },
  echo: {
    word: "Nächstes Echo verlieren",
    says: "Die Nachricht geht hinaus, die Meldung darüber geht verloren.",
    should: "erkennt das Senden an der Antwort allein.",
  },
  usage: {
    word: "Aufrufe verbraucht",
    says: "Die Kopfzeilen sagen es; ab 100 % wird abgelehnt.",
    should: "wird ab 80 % langsamer, hält rechtzeitig an, Antworten gehen vor.",
  },
  wait: {
    word: "„Später wiederkommen“",
    says: "Die nächsten drei Aufrufe antworten 429 mit Retry-After.",
    should: "wartet so lange wie gesagt und verliert nichts.",
    act: "Für 30 Sekunden",
  },
  token: {
    word: "Token ungültig",
    says: "Jeder Aufruf der Seite antwortet 190, bis sich jemand neu anmeldet.",
    should: "zeigt einen Hinweis mit dem Weg zum Neuverbinden; Antworten warten.",
    act: "Ungültig machen",
    back: "Wieder gültig",
    reasons: { 460: "Passwort geändert", 458: "App entfernt", 463: "abgelaufen", 492: "Rolle auf der Seite verloren" },
  },
  permission: {
    word: "Berechtigung fehlt",
    says: "Aufrufe, die sie brauchen, antworten 200 und nennen sie.",
    should: "sagt, welche Berechtigung fehlt und was ohne sie nicht geht.",
    act: "Wegnehmen",
    back: "Zurückgeben",
  },
  restrict: {
    word: "Seite eingeschränkt",
    says: "Meta lehnt jedes Senden der Seite ab.",
    should: "sagt, dass die Seite nicht senden darf; Antworten bleiben Entwürfe.",
  },
  notLive: {
    word: "App nicht live",
    says: "Nur Testpersonen sind erreichbar, von anderen wird nichts gemeldet.",
    should: "erklärt, dass die App live geschaltet werden muss.",
  },
  policy: {
    word: "Metas Richtlinien",
    says: "Eine Verwarnung oder eine Sendesperre.",
    should: "zeigt den Hinweis mit Metas Grund und hebt ihn auf, wenn Meta es tut.",
    warning: "Verwarnen",
    block: "Sperren",
    unblock: "Freigeben",
  },
  media: {
    word: "Bilder und Dateien weg",
    says: "Jede Adresse antwortet 410.",
    should: "zeigt, dass es die Datei nicht mehr gibt; eigene Kopien bleiben.",
  },
  unsubscribe: {
    word: "Seite abgemeldet",
    says: "Stille, ohne jede Nachricht.",
    should: "findet es bei der Selbstprüfung und meldet sich wieder an.",
    act: "Abmelden",
  },
  unsubscribeApp: {
    word: "App abgemeldet",
    says: "Stille für alle Seiten.",
    should: "findet es bei der Selbstprüfung und sagt, was zu tun ist.",
    act: "Abmelden",
  },
  field: {
    word: "Ein Feld fehlt",
    says: "Nur diese Art von Ereignis bleibt aus.",
    should: "nennt das fehlende Feld in der Prüfung und ergänzt es.",
    act: "Entfernen",
  },
  heard: (page, n) => `${page}: ${n} Felder`,
  gap: {
    word: "Zwanzig Minuten verloren",
    says: "500 Ereignisse mit zehn Leads geschehen, und keines wird je zugestellt.",
    should:
      "liest den Verlauf: Nachrichten und Leads kommen zurück, Reaktionen, Lesezeichen und Anzeigen-Kennungen nicht.",
    act: "Lücke spielen",
    done: (g) =>
      `${g.events} Ereignisse verloren. Der Verlauf zeigt noch ${g.messages} Nachrichten in ${g.threads} Chats, darunter ${g.leads} Leads.`,
  },
  test: {
    word: "Probe aus dem App-Dashboard",
    says: "Erfundene Daten der Seite „0“.",
    should: "antwortet 200 und hält sie aus dem Posteingang heraus.",
    act: "Senden",
  },
  odd: {
    word: "Ein seltenes Ereignis in diesem Chat",
    says: "Eine Form, die Metas Dokumentation kaum erwähnt.",
    should: "bewahrt es, zeigt, was geht, und stolpert nie.",
    act: "Senden",
    none: "Öffnen Sie erst einen Chat.",
  },
};

export const trouble = { en, de };
