/**
 * How people of a country write its numbers at home: the calling code, and the trunk digits they put in
 * front and the world leaves out. Countries without trunk digits dial the number as it is.
 */
export type Dialling = { code: string; trunk: string };

const codes: Record<string, string> = {
  AE: "971 0",
  AR: "54 0",
  AT: "43 0",
  AU: "61 0",
  BE: "32 0",
  BG: "359 0",
  BR: "55 0",
  CA: "1 1",
  CH: "41 0",
  CL: "56",
  CN: "86 0",
  CO: "57",
  CY: "357",
  CZ: "420",
  DE: "49 0",
  DK: "45",
  EE: "372",
  EG: "20 0",
  ES: "34",
  FI: "358 0",
  FR: "33 0",
  GB: "44 0",
  GR: "30",
  HR: "385 0",
  HU: "36 06",
  ID: "62 0",
  IE: "353 0",
  IL: "972 0",
  IN: "91 0",
  IS: "354",
  IT: "39",
  JP: "81 0",
  KE: "254 0",
  LI: "423",
  LT: "370 0",
  LU: "352",
  LV: "371",
  MA: "212 0",
  MT: "356",
  MX: "52",
  MY: "60 0",
  NG: "234 0",
  NL: "31 0",
  NO: "47",
  NZ: "64 0",
  PE: "51 0",
  PH: "63 0",
  PK: "92 0",
  PL: "48",
  PT: "351",
  RO: "40 0",
  RS: "381 0",
  RU: "7 8",
  SA: "966 0",
  SE: "46 0",
  SG: "65",
  SI: "386 0",
  SK: "421 0",
  TH: "66 0",
  TR: "90 0",
  UA: "380 0",
  US: "1 1",
  VN: "84 0",
  ZA: "27 0",
};

/** How a country dials, by its two letters; null for one we do not know. */
export function diallingOf(country: string): Dialling | null {
  const entry = Object.hasOwn(codes, country) ? codes[country] : undefined;
  if (entry === undefined) return null;
  const [code = "", trunk = ""] = entry.split(" ");
  return { code, trunk };
}

const known = new Set(Object.values(codes).map((entry) => entry.split(" ")[0] ?? ""));

/** What stands behind the calling code of a number in its international form; no code is the beginning of another. */
export function withoutCallingCode(digits: string): string {
  const length = [1, 2, 3].find((count) => known.has(digits.slice(0, count)));
  return length === undefined ? digits : digits.slice(length);
}
