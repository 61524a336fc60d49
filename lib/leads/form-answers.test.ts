import { describe, expect, test } from "vitest";
import { formAnswers, fullNameOf } from "./form-answers.ts";

const fields = [
  { key: "full_name", values: ["Kim Muster"] },
  { key: "wann_dürfen_wir_anrufen?", values: ["vormittags", "abends"] },
  { key: "phone_number", values: ["+4915112345678"] },
  { key: "comment", values: [] },
];

describe("the answers of an instant form", () => {
  test("stand under the form's own questions, in Meta's order", () => {
    const asked = [
      { key: "wann_dürfen_wir_anrufen?", label: "Wann dürfen wir anrufen?" },
      { key: "full_name", label: "Name" },
    ];
    expect(formAnswers(fields, asked)).toEqual([
      { question: "Name", answer: "Kim Muster" },
      { question: "Wann dürfen wir anrufen?", answer: "vormittags, abends" },
      { question: "phone number", answer: "+4915112345678" },
      { question: "comment", answer: "" },
    ]);
  });

  test.each([[null], ["nothing"], [[{ key: 1 }]]])("fall back to their keys where the form is unknown: %j", (asked) => {
    expect(formAnswers(fields, asked).map(({ question }) => question)).toEqual([
      "full name",
      "wann dürfen wir anrufen?",
      "phone number",
      "comment",
    ]);
  });

  test.each([
    ["full_name", [{ key: "full_name", values: [" Kim Muster "] }], "Kim Muster"],
    [
      "first and last",
      [
        { key: "last_name", values: ["Muster"] },
        { key: "FIRST_NAME", values: ["Kim"] },
      ],
      "Kim Muster",
    ],
    ["first alone", [{ key: "vorname", values: ["Kim"] }], "Kim"],
    ["none", [{ key: "email", values: ["k@example.org"] }], null],
    ["blank", [{ key: "full_name", values: [" "] }], null],
  ])("give the name by %s", (_, given, name) => expect(fullNameOf(given)).toBe(name));
});
