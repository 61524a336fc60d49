import type ads from "../messages/en/ads.json";
import type common from "../messages/en/common.json";
import type inbox from "../messages/en/inbox.json";
import type instantForm from "../messages/en/instant-form.json";
import type lead from "../messages/en/lead.json";
import type ledger from "../messages/en/ledger.json";
import type pages from "../messages/en/pages.json";
import type sending from "../messages/en/sending.json";
import type settings from "../messages/en/settings.json";
import type signIn from "../messages/en/sign-in.json";
import type thread from "../messages/en/thread.json";
import type { Locale } from "./locales.ts";

/** English is the measure: a key that is not there is a type error. */
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: {
      ads: typeof ads;
      common: typeof common;
      inbox: typeof inbox;
      "instant-form": typeof instantForm;
      lead: typeof lead;
      sending: typeof sending;
      ledger: typeof ledger;
      pages: typeof pages;
      settings: typeof settings;
      "sign-in": typeof signIn;
      thread: typeof thread;
    };
  }
}
