import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSample, sampleNames } from "#lib/messenger/samples/read-sample.ts";
import { rawView } from "./raw-view.ts";

const PAGE = "104411223344556";
const bytesOf = (text: string) => new TextEncoder().encode(text);
const view = (body: Uint8Array | string, shown: ReadonlySet<string> | null = null) => {
  const begin = typeof body === "string" ? bytesOf(body) : body;
  return rawView({ begin, bytes: begin.byteLength }, shown);
};

describe("kept bytes, for those who may read all", () => {
  test("are laid out with every digit and escape as it came", () => {
    expect(view('{"a":[1234567890123456789012,"\\u00e4\\"",{}],"b":[],"c":{"d":null}}').text).toBe(
      `{
  "a": [
    1234567890123456789012,
    "\\u00e4\\"",
    {}
  ],
  "b": [],
  "c": {
    "d": null
  }
}`,
    );
  });

  test("say the same as the bytes, whatever JSON they are", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const { form, text } = view(`[${json}]`);
        // Bytes with control characters in them are shown as bytes.
        if (form === "json") expect(JSON.parse(text)).toEqual(JSON.parse(`[${json}]`));
      }),
    );
  });

  test.each(sampleNames)("say the same: %s", (name) => {
    const body = readSample(name);
    const { text } = view(body);
    const blanks = /("(?:[^"\\]|\\.)*")|\s+/g;
    const told = Buffer.from(body).toString().replaceAll(blanks, "$1");
    expect(text.replaceAll(blanks, "$1")).toBe(told);
  });

  test("show characters that hide", () => {
    expect(view('{"text":"a\u202eb"}').text).toContain('"a\\u202eb"');
  });

  test("are a table of bytes where they are no text", () => {
    const { form, text } = view(new Uint8Array([0xff, 0x00, 0x41]));
    expect([form, text]).toEqual(["hex", `000000  ff 00 41${" ".repeat(39)}  ..A`]);
  });

  test("may be cut anywhere", () => {
    const whole = bytesOf('{"text":"Grüße","more":[1,2,{"x":"y"}]}');
    for (let length = 0; length < whole.byteLength; length += 1) {
      const { isCut, text } = rawView({ begin: whole.subarray(0, length), bytes: whole.byteLength }, null);
      expect(isCut).toBe(true);
      expect(text).not.toContain("\ufffd");
    }
  });
});

describe("kept bytes, for those who may not read what people wrote", () => {
  const shown = new Set([PAGE]);

  test("keep their shape, Meta's words and times, and the page's id", () => {
    const body = `{"object":"page","entry":[{"id":"${PAGE}","time":1790000000,"messaging":[{"sender":{"id":"77190"},
      "message":{"mid":"m_1","text":"My secret","is_echo":false,"Anna Keller":1}}]}]}`;
    const { text } = view(body, shown);
    expect(JSON.parse(text)).toEqual({
      object: "page",
      entry: [
        {
          id: PAGE,
          time: 1790000000,
          messaging: [{ sender: { id: "•••" }, message: { mid: "•••", text: "•••", is_echo: false, "•••": "•••" } }],
        },
      ],
    });
  });

  test("hold no word of people in any sample, cut or whole", () => {
    const words = /771900|Muster|Hello|@example|Jana|70173/;
    for (const name of sampleNames) {
      const body = readSample(name);
      const cut = { begin: body.subarray(0, body.byteLength - 40), bytes: body.byteLength };
      for (const { text } of [view(body, shown), rawView(cut, shown)]) expect(text, name).not.toMatch(words);
    }
  });

  test("leak nothing, whatever stands in them", () => {
    fc.assert(
      fc.property(fc.string(), fc.json(), (before, json) => {
        const secret = "Zq7Secret Name";
        const body = `{"text":${JSON.stringify(secret + before)},${before}"x":${json},"type":"${secret}","${secret}":1}`;
        expect(view(body, shown).text).not.toContain(secret);
      }),
    );
  });

  test("are hidden where they have no shape", () => {
    for (const body of ["Anna Keller", '"Anna"', new Uint8Array([0xff, 0x41])]) {
      expect(view(body, shown)).toEqual({ form: "hidden", text: "", isCut: false });
    }
  });
});
