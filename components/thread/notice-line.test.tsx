import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Notice } from "#lib/threads/notice.ts";
import thread from "../../messages/en/thread.json" with { type: "json" };
import { NoticeLine } from "./notice-line.tsx";

const TURNED = "\u202e<b>Meta</b>";

const notices: Notice[] = [
  { kind: "optin", data: { action: "stop", topic: TURNED, title: null, expiresAt: null } },
  { kind: "label", data: { name: TURNED, isRemoval: false } },
  { kind: "order", data: { items: [{ name: TURNED, quantity: TURNED }], note: TURNED } },
  { kind: "feedback", data: { answers: [{ id: "1", type: "nps", payload: TURNED, followUp: TURNED }] } },
];

test.each(notices)("what others wrote turns no line of a $kind around and runs nowhere", (notice) => {
  const html = renderToStaticMarkup(
    <NextIntlClientProvider
      locale="en"
      timeZone="UTC"
      messages={{ thread, lead: { message: { hidden: "Hidden: {code}" } } }}
    >
      <NoticeLine notice={{ key: "1", at: new Date(0), ...notice }} name="Ana" time={null} />
    </NextIntlClientProvider>,
  );
  expect(html).toContain("U+202E");
  expect(html).not.toContain("\u202e");
  expect(html).not.toContain("<b>");
});
