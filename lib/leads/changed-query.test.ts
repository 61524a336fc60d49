import { expect, test } from "vitest";
import { MANY_REFS, parseChangedQuery, parseCountsQuery } from "./changed-query.ts";

const id = "019a0000-0000-7000-8000-000000000001";
const ask = (query: string) => parseChangedQuery(new URLSearchParams(query));

test("names leads and the filter they are seen through", () => {
  expect(ask(`status=complete&refs=1.${id},2.${id}`)).toMatchObject({
    refs: [
      { pageId: "1", id },
      { pageId: "2", id },
    ],
    filter: { status: ["complete"], sort: "newest" },
  });
});

test.each([
  "",
  "status=complete",
  "refs=",
  "refs=1",
  `refs=1.${id},x`,
  `refs=1.${id}&refs=2.${id}`,
  `refs=1.${id}&colour=red`,
  `refs=1.${id}&status=sold`,
  `refs=${Array.from({ length: MANY_REFS + 1 }, () => `1.${id}`).join(",")}`,
])("%.60j is no such question", (query) => {
  expect(ask(query)).toBeNull();
});

test("the tabs' figures are asked for by the filter alone", () => {
  expect(parseCountsQuery(new URLSearchParams("q=roof"))).toMatchObject({ q: "roof" });
  expect(parseCountsQuery(new URLSearchParams("refs=1"))).toBeNull();
  expect(parseCountsQuery(new URLSearchParams("stage=sold"))).toBeNull();
});
