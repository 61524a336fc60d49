import { expect, test } from "vitest";
import { eventsOf, eventsOfItems } from "./samples/sample-events.ts";

test("accounts linked and unlinked, forms and orders", () => {
  expect(eventsOf("account-linked")).toMatchObject([{ kind: "account_linking", isLinked: true }]);
  expect(eventsOf("account-unlinked")).toMatchObject([{ kind: "account_linking", isLinked: false }]);
  expect(eventsOf("in-thread-form")).toMatchObject([{ kind: "form", formId: "998877665544332" }]);
  expect(eventsOf("order")).toMatchObject([
    {
      kind: "order",
      items: [
        { name: "Solar cleaning kit", quantity: "2" },
        { name: "Roof check", quantity: "1" },
      ],
      note: "Please call before delivery",
    },
  ]);
});

test("a product goes by its name, its title or its id, and one without any is still counted", () => {
  const products = [
    { name: "Kit", title: "Not this" },
    { title: "Check", quantity: 3 },
    { id: 4711, quantity: "1" },
    { quantity: null },
  ];
  const order = JSON.stringify({ products, note: 5 });
  expect(eventsOfItems([`{"sender":{"id":"7"},"recipient":{"id":"1"},"order":${order}}`])).toMatchObject([
    {
      kind: "order",
      items: [
        { name: "Kit", quantity: null },
        { name: "Check", quantity: "3" },
        { name: "4711", quantity: "1" },
        { name: "", quantity: null },
      ],
      note: "5",
    },
  ]);
});

test("a code that links accounts is not kept beside the event", () => {
  expect(JSON.stringify(eventsOf("account-linked"))).not.toContain("code-4711");
});

test.each([
  ["account_linking", '{"status":"maybe"}'],
  ["form", "{}"],
  ["order", "[]"],
])("%s with %s stays unknown", (kind, part) => {
  expect(eventsOfItems([`{"sender":{"id":"7"},"recipient":{"id":"1"},"${kind}":${part}}`])).toMatchObject([
    { kind: "unknown", what: kind },
  ]);
});
