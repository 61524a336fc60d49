import { expect, test } from "vitest";
import { readWebhook } from "./read-webhook.ts";
import { eventsOf, RECEIVED } from "./samples/sample-events.ts";

test("each change is a lead of its own, with and without an ad", () => {
  expect(eventsOf("instant-form-leads")).toMatchObject([
    { kind: "leadgen", psid: null, leadgenId: "1330044556677889", adId: "120231004567890123", isTest: false },
    { kind: "leadgen", psid: null, leadgenId: "1330044556677890", adId: null, at: new Date(1795344000_000) },
  ]);
});

test("the same lead is the same event, whatever else is said of it", () => {
  const body = (value: string) =>
    readWebhook(
      Buffer.from(
        `{"object":"page","entry":[{"id":"1","time":1795344001,"changes":[{"field":"leadgen","value":${value}}]}]}`,
      ),
      RECEIVED,
    )?.events;
  const [full] = body('{"leadgen_id":"5","form_id":"6","page_id":"1","adgroup_id":7,"created_time":1795344000}') ?? [];
  const [bare] = body('{"leadgen_id":5}') ?? [];
  expect(full).toMatchObject({ kind: "leadgen", pageId: "1", adId: "7" });
  expect(bare).toMatchObject({ kind: "leadgen", pageId: "1", adId: null, formId: null, at: new Date(1795344001_000) });
  expect(bare?.key).toBe(full?.key);
  expect(body("{}")).toMatchObject([{ kind: "unknown", what: "leadgen" }]);
});
