import { newPsid } from "./ids.ts";
import type { Random } from "./random.ts";
import type { Person, World } from "./world.ts";

/** Who taps ads: mostly ordinary names, and some that break careless code (umlauts, right-to-left, emoji, long ones). */
const first: [string, ...string[]] = [
  "Kim",
  "Jonas",
  "Ayşe",
  "Lena",
  "Björn",
  "Søren",
  "Amelia",
  "Oliver",
  "Zoë",
  "François",
  "Maja",
  "Emil",
  "Grace",
  "Noah",
  "Käthe",
  "Jürgen",
  "Heike",
  "Sophie",
  "Liam",
  "Charlotte",
  "Mateusz",
  "Anouk",
  "Ben",
  "Chloe",
  "Dörte",
  "Elif",
  "Finn",
  "Greta",
  "Harry",
  "Ida",
];
const last: [string, ...string[]] = [
  "Muster",
  "Müller",
  "Schäfer",
  "Yılmaz",
  "Weiß",
  "Jørgensen",
  "O'Brien",
  "Taylor",
  "Groß",
  "Lefèvre",
  "Nowak",
  "Bauer",
  "Bennett",
  "Kröger",
  "Hughes",
  "Voß",
  "Wright",
  "Özdemir",
  "Lindström",
  "Carter",
  "von der Heide",
  "Smith-Jones",
  "Köhler",
  "Walker",
  "Böttcher",
];
const special: [string, ...string[]] = [
  "محمد العلي",
  "דנה לוי",
  "Nguyễn Thị Minh Khai",
  "李小龍",
  "Lucy 🌻 Sunshine",
  "Karl-Friedrich Maximilian Freiherr von und zu Hohenfels-Wittelsbach",
  "=Summe Schmidt",
  "Robert'); DROP TABLE Leads;--",
  "İlker Şahin",
];
const cities: [string, ...string[]] = [
  "Stuttgart",
  "Tübingen",
  "München",
  "Köln",
  "Lübeck",
  "Hamburg",
  "Düsseldorf",
  "Leeds",
  "Brighton",
  "Göttingen",
  "Saarbrücken",
  "Kiel",
];

function inventName(random: Random): string {
  if (random.chance(0.04)) return random.pick(special);
  return `${random.pick(first)} ${random.pick(last)}`;
}

type Wanted = [world: World, pageId: string, random: Random, given?: string, platform?: Person["platform"]];

/** Somebody new, of whom the world knows. */
export function newPerson(...wanted: Wanted): Person {
  const person = inventPerson(...wanted);
  const [world] = wanted;
  world.people[person.psid] = person;
  return person;
}

export function inventPerson(...[world, pageId, random, given, platform = "messenger"]: Wanted): Person {
  const name = given ?? inventName(random);
  const psid = newPsid(world, platform);
  const plain = name
    .normalize("NFKD")
    .replace(/[^A-Za-z ]/g, "")
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean);
  const mailbox = plain.length === 0 ? `kunde${psid.slice(-4)}` : plain.slice(0, 2).join(".");
  const digits = String(1_000_000 + random.int(8_999_999));
  return {
    psid,
    platform,
    pageId,
    name,
    email: `${mailbox}${random.int(90) + 10}@${random.pick(["example.org", "example.com", "mail.example"])}`,
    phone: random.chance(0.8) ? `+49 151 ${digits}` : `+44 7700 9${digits.slice(1, 6)}`,
    city: random.pick(cities),
    hasProfile: random.chance(0.88),
    hasBlocked: false,
    isDeleted: false,
  };
}
