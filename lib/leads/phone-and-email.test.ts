import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerParts, internationalPhone } from "./phone-and-email.ts";

const links = (answer: string, country = "DE", question = "Anything else?") =>
  answerParts({ question, answer }, country).flatMap(({ href }) => (href === null ? [] : [href]));

describe("phones", () => {
  test.each([
    ["0170 1234567", "DE", "tel:+491701234567"],
    ["0711/123-4567", "DE", "tel:+497111234567"],
    ["+49 (0) 170 1234567", "DE", "tel:+491701234567"],
    ["(0711) 1234567", "DE", "tel:+497111234567"],
    ["0049 170 1234567", "DE", "tel:+491701234567"],
    ["+41 44 668 18 00", "DE", "tel:+41446681800"],
    ["0664 1234567", "AT", "tel:+436641234567"],
    ["(415) 555-2671", "US", "tel:+14155552671"],
    ["1-415-555-2671", "US", "tel:+14155552671"],
    ["612 345 678", "ES", "tel:+34612345678"],
    ["06 30 123 4567", "HU", "tel:+36301234567"],
  ])("%s written in %s", (answer, country, href) => {
    expect(links(answer, country)).toEqual([href]);
  });

  test("a number without its zero counts where the question asks for a phone", () => {
    expect(links("170 1234567", "DE", "Deine Handynummer?")).toEqual(["tel:+491701234567"]);
    expect(links("170 1234567", "DE")).toEqual([]);
  });

  test.each([
    "70173",
    "01067",
    "22.11.2026",
    "01.02.2026",
    "2026-11-22",
    "120 m2",
    "0,5",
    "1.000.000",
    "DE89 3704 0044 0532 0130 00",
    "104411223344556677889900",
    "100-200",
    "v1.2.3",
  ])("%s is none", (answer) => {
    expect(links(answer)).toEqual([]);
  });

  test.each<[string, string, boolean, string | null]>([
    ["  01.02.2026 ", "DE", true, null],
    ["2026/11/22", "DE", true, null],
    ["+491701234", "DE", false, "+491701234"],
    [" (+49) 170 1234567", "DE", false, "+491701234567"],
    ["+49 1", "DE", true, null],
    ["+0170 1234567", "DE", true, null],
    ["+1234567890123456", "DE", true, null],
    ["00491701234567", "DE", false, "+491701234567"],
    ["0049 1234", "DE", true, null],
    ["0001701234567", "DE", true, null],
    ["0049 170 1234567", "AD", false, "+491701234567"],
    ["0014155552671", "US", true, null],
    ["012345678901234", "DE", true, null],
    ["01234567890123", "DE", true, "+491234567890123"],
    ["123456", "DE", true, null],
    ["1234567", "DE", true, "+491234567"],
    ["123456789012", "DE", true, "+49123456789012"],
    ["1234567890123", "DE", true, null],
    ["1234567", "DE", false, null],
    ["0123456", "DE", false, "+49123456"],
    ["612345678", "ES", false, "+34612345678"],
    ["61234567", "ES", false, null],
    ["61234567", "ES", true, "+3461234567"],
    ["6123456", "ES", true, null],
    ["61234567890", "ES", true, "+3461234567890"],
    ["612345678901", "ES", true, null],
    ["4155552671", "US", false, "+14155552671"],
    ["14155552671", "US", false, "+14155552671"],
    ["24155552671", "US", true, null],
    ["415555267", "US", true, null],
    ["141555526710", "US", true, null],
    ["0301234567", "HU", false, null],
    ["0301234567", "HU", true, "+360301234567"],
  ])("%j in %s, surely one: %s, is %j", (text, country, isSurely, number) => {
    expect(internationalPhone(text, country, isSurely)).toBe(number);
  });

  test("what is written in a sentence stays what it was, around the number", () => {
    expect(answerParts({ question: "?", answer: "Call 0170 1234567 now" }, "DE")).toEqual([
      { kind: "text", text: "Call ", href: null },
      { kind: "phone", text: "0170 1234567", href: "tel:+491701234567" },
      { kind: "text", text: " now", href: null },
    ]);
    expect(answerParts({ question: "?", answer: "" }, "DE")).toEqual([]);
    expect(answerParts({ question: "?", answer: "70173" }, "DE")).toEqual([
      { kind: "text", text: "70173", href: null },
    ]);
  });

  test.each([
    "Phone?",
    "Tel.",
    "Mobilnummer",
    "Handy?",
    "Cell",
    "WhatsApp?",
    "Whats app",
    "Rufnummer",
    "Dürfen wir Sie anrufen?",
    "May we call you?",
  ])("%s asks for one", (question) => expect(links("170 1234567", "DE", question)).toEqual(["tel:+491701234567"]));

  test("a page in a country we have no rules for links what is written internationally", () => {
    expect(internationalPhone("+376 312 345", "AD")).toBe("+376312345");
    expect(internationalPhone("0312 345 678", "AD")).toBeNull();
    expect(internationalPhone("0312 345 678", "constructor")).toBeNull();
  });
});

describe("e-mails", () => {
  test.each([
    ["ana.keller@example.org", "mailto:ana.keller@example.org"],
    ["Write to Ana+solar@mail.example.co.uk.", "mailto:Ana%2Bsolar@mail.example.co.uk"],
    ["<jörg@müller.example>", "mailto:j%C3%B6rg@müller.example"],
    ["a@b.de?bcc=x@y.de", "mailto:a@b.de"],
  ])("%s", (answer, href) => {
    expect(links(answer)[0]).toBe(href);
  });

  test.each(["@ana", "ana@", "ana@localhost", "a@b@c.de", "ana@-x.de"])("%s is none", (answer) => {
    expect(links(answer)).toEqual([]);
  });
});

describe("places", () => {
  const places = (answer: string, question = "?") =>
    answerParts({ question, answer }, "DE")
      .filter(({ kind }) => kind === "place")
      .map(({ text }) => text);

  test("a postcode with its town is one, wherever it stands", () => {
    expect(places("Hauptstr. 5, 70173 Stuttgart, gerne abends")).toEqual(["70173 Stuttgart"]);
    expect(places("60311 Frankfurt am Main")).toEqual(["60311 Frankfurt am Main"]);
  });

  test("so is the whole answer to a question about one", () => {
    expect(places("70173", "Your postcode?")).toEqual(["70173"]);
    expect(places("Bad Homburg", "In welcher Stadt wohnen Sie?")).toEqual(["Bad Homburg"]);
  });

  test.each([
    "Post code",
    "Postal code?",
    "PLZ",
    "Postleitzahl?",
    "ZIP",
    "City?",
    "Town?",
    "Stadt?",
    "Wohnort",
    "Ort?",
    "Address",
    "Adresse",
    "Anschrift",
    "Where do you live?",
  ])("%s asks for one", (question) => expect(places("Hier", question)).toEqual(["Hier"]));

  test("unless the answer is none", () => {
    for (const answer of [" ", "x".repeat(201), "mia@example.org", "170123456"]) {
      expect(answerParts({ question: "City?", answer }, "DE").map(({ kind }) => kind)).not.toContain("place");
    }
    expect(places("x".repeat(200), "City?")).toHaveLength(1);
    expect(places("12345", "City?")).toEqual(["12345"]);
    expect(places("Hier", "Sport?")).toEqual([]);
    expect(places("Hier", "Gezippt?")).toEqual([]);
  });

  test.each([
    ["D-70173 Stuttgart", "D-70173 Stuttgart"],
    ["8001 Zürich.", "8001 Zürich."],
    ["1012 AB Amsterdam", "1012 AB Amsterdam"],
    ["114 55 Stockholm", "114 55 Stockholm"],
    ["00-950 Warszawa", "00-950 Warszawa"],
    ["70173 stuttgart", null],
    ["170173 Stuttgart", null],
  ])("%s holds %j", (answer, place) => {
    expect(places(answer)).toEqual(place === null ? [] : [place]);
  });
});

test("parts joined are the answer, unchanged and in order", () => {
  const words = fc.constantFrom(
    "0170 1234567",
    "a@b.de",
    "70173 Stuttgart",
    " ",
    "\n",
    ", ",
    "Ja",
    "‮",
    "😀",
    "+49",
    "@",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(words).map((list) => list.join("")),
        fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      ),
      fc.string(),
      (answer, question) => {
        const parts = answerParts({ question, answer }, "DE");
        expect(parts.map(({ text }) => text).join("")).toBe(answer);
        expect(parts.every(({ href }) => href === null || /^(mailto:[^?&\s]+|tel:\+\d{7,15})$/.test(href))).toBe(true);
      },
    ),
    { numRuns: 60 },
  );
});

test("three kinds in one sentence are all found", () => {
  expect(
    answerParts({ question: "?", answer: "0170 1234567 oder a@b.de in 70173 Stuttgart" }, "DE").map(({ kind }) => kind),
  ).toEqual(["phone", "text", "email", "text", "place"]);
});

test("a number that would have more digits than the world dials is none", () => {
  const answer = "0170 12345670170 1234567a@b.de";
  const parts = answerParts({ question: "?", answer }, "DE");
  expect(parts.filter(({ kind }) => kind === "phone")).toEqual([]);
  expect(parts.map(({ text }) => text).join("")).toBe(answer);
});

// A pattern that backtracks without end would never come back from these.
test.each(["a", "1", "a.", "0 ", "a@", "1a@a."])("ten thousand characters of %j are read to their end", (unit) => {
  const answer = unit.repeat(10_000).slice(0, 10_000);
  const parts = answerParts({ question: "?", answer }, "DE");
  expect(parts.map(({ text }) => text).join("")).toBe(answer);
});
