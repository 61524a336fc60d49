import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLocale, type Locale } from "./locales.ts";
import { chooseTimeZone } from "./time-zones.ts";

/** Language: the person's choice, then the browser's wish, then English. Zone: the browser's own, kept in a cookie. */
export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const locale = chooseLocale(jar.get("locale")?.value, head.get("accept-language"));
  return {
    locale,
    timeZone: chooseTimeZone(jar.get("tz")?.value),
    now: new Date(),
    messages: await readMessages(locale),
  };
});

/** One file per area; `messages.d.ts` lists the same names. */
const AREAS = [
  "ads",
  "common",
  "inbox",
  "instant-form",
  "lead",
  "ledger",
  "pages",
  "sending",
  "settings",
  "sign-in",
  "thread",
] as const;

async function readMessages(locale: Locale) {
  const files = AREAS.map(
    async (area) => [area, (await import(`../messages/${locale}/${area}.json`)).default] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}
