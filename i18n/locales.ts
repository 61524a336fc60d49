/** The languages we speak, and which one a request gets. */
export const locales = ["en", "de"] as const;
export type Locale = (typeof locales)[number];

const FALLBACK: Locale = "en";

/** `wishes` is an Accept-Language header: the first language we speak wins, by its weight, then by its place. */
export function chooseLocale(chosen: string | undefined, wishes: string | null): Locale {
  return (
    known(chosen) ??
    weigh(wishes ?? "")
      .map(known)
      .find((locale) => locale !== undefined) ??
    FALLBACK
  );
}

function known(tag: string | undefined): Locale | undefined {
  const language = tag?.slice(0, 2).toLowerCase();
  return locales.find((locale) => locale === language);
}

function weigh(wishes: string): string[] {
  return wishes
    .split(",")
    .map((wish) => {
      const [tag = "", ...parameters] = wish.trim().split(";");
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find((q) => q !== undefined);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
