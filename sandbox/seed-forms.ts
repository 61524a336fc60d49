import type { Submission } from "./meta-acts.ts";
import { inventPerson } from "./people.ts";
import type { Random } from "./random.ts";
import type { InstantForm, Person, World } from "./world.ts";

/** What somebody writes into an Instant Form. */
type Where = { meta: { world: World }; random: Random; at: number };

function inventValue(person: Person, type: string, random: Random): string {
  if (type === "FULL_NAME") return person.name;
  if (type === "PHONE") return person.phone.replaceAll(" ", "");
  if (type === "EMAIL") return person.email;
  if (type === "CITY") return person.city;
  return random.pick(["vormittags", "nachmittags", "5.000–10.000 €", "egal"]);
}

export function inventLead({ meta, random, at }: Where, form: InstantForm): Submission {
  const person = inventPerson(meta.world, form.pageId, random);
  return {
    pageId: form.pageId,
    formId: form.id,
    adId: undefined,
    isOrganic: random.chance(0.2),
    isTest: false,
    answers: Object.fromEntries(form.questions.map(({ key, type }) => [key, [inventValue(person, type, random)]])),
    consents: { marketing_ok: random.chance(0.7), partner_ok: random.chance(0.2) },
    platform: random.chance(0.3) ? "ig" : "fb",
    at,
  };
}
