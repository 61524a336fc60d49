import { describe, expect, test } from "vitest";
import { type SealingKey, seal, unseal } from "./seal.ts";

const key = (id: string, byte: number): SealingKey => ({ id, key: new Uint8Array(32).fill(byte) });
const keys = [key("k2", 2), key("k1", 1)];
const sealed = seal("a page's token", "page.sealedToken.1", keys);

describe("a sealed value", () => {
  test("opens where it was sealed, also after its key is no longer the first", () => {
    expect(unseal(sealed, "page.sealedToken.1", keys)).toBe("a page's token");
    expect(unseal(sealed, "page.sealedToken.1", keys.toReversed())).toBe("a page's token");
    expect(Buffer.from(sealed).includes("token")).toBe(false);
  });

  test("is another one each time", () => {
    expect(seal("a page's token", "page.sealedToken.1", keys)).not.toEqual(sealed);
  });

  test("opens nowhere else, and with no other key", () => {
    expect(() => unseal(sealed, "page.sealedToken.2", keys)).toThrow();
    expect(() => unseal(sealed, "page.sealedToken.1", [key("k2", 3)])).toThrow();
    expect(() => unseal(sealed, "page.sealedToken.1", [key("k1", 1)])).toThrow(/k2/);
  });

  test("with any bit turned does not open", () => {
    for (let at = 0; at < sealed.length * 8; at += 1) {
      const turned = Uint8Array.from(sealed, (byte, i) => (i === at >> 3 ? byte ^ (1 << (at & 7)) : byte));
      expect(() => unseal(turned, "page.sealedToken.1", keys)).toThrow();
    }
  });

  test("cut anywhere does not open, and its tag may not be short", () => {
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => unseal(sealed.subarray(0, length), "page.sealedToken.1", keys)).toThrow();
    }
    expect(() => unseal(sealed.subarray(0, 15 + 12), "page.sealedToken.1", keys)).toThrow(/tag length/);
  });
});
