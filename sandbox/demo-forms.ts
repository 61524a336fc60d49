import { KITCHEN, SOLAR } from "./demo-ads.ts";
import type { InstantForm } from "./world.ts";

/** One Instant Form for each page. */
export const demoForms: InstantForm[] = [
  {
    id: "998877665544332",
    pageId: SOLAR,
    name: "Rückruf Solar",
    locale: "de_DE",
    status: "ACTIVE",
    questions: [
      { key: "full_name", label: "Vollständiger Name", type: "FULL_NAME" },
      { key: "phone_number", label: "Telefonnummer", type: "PHONE" },
      { key: "email", label: "E-Mail", type: "EMAIL" },
      { key: "wann_dürfen_wir_anrufen?", label: "Wann dürfen wir anrufen?", type: "CUSTOM" },
    ],
  },
  {
    id: "998877665544333",
    pageId: KITCHEN,
    name: "Kitchen brochure",
    locale: "en_GB",
    status: "ACTIVE",
    questions: [
      { key: "full_name", label: "Full name", type: "FULL_NAME" },
      { key: "email", label: "Email", type: "EMAIL" },
      { key: "city", label: "City", type: "CITY" },
      { key: "what_is_your_budget?", label: "What is your budget?", type: "CUSTOM" },
    ],
  },
];
