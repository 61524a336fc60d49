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

async function readMessages(locale: Locale) {
  const [common, inbox, signIn, settings, lead] = await Promise.all([
    import(`../messages/${locale}/common.json`),
    import(`../messages/${locale}/inbox.json`),
    import(`../messages/${locale}/sign-in.json`),
    import(`../messages/${locale}/settings.json`),
    import(`../messages/${locale}/lead.json`),
  ]);
  return {
    common: common.default,
    inbox: inbox.default,
    "sign-in": signIn.default,
    settings: settings.default,
    lead: lead.default,
  };
}
