import { useFormatter, useTranslations } from "next-intl";
import { useClock } from "#components/ui/clock.tsx";
import type { PageNotice } from "#lib/pages/page-notice.ts";
import { CONTACT_TERMS, INSTAGRAM_SEND_PERMISSION, SEND_PERMISSION } from "#lib/pages/page-trouble.ts";

const MINUTE = 60 * 1000;

/** What a page's trouble means, and what repairs it, in one or two sentences. */
export function useNoticeText(): (notice: PageNotice) => string {
  const t = useTranslations("pages.notice");
  const format = useFormatter();
  const now = useClock();
  const soon = (until: Date) =>
    format.relativeTime(new Date(Math.max(until.getTime(), now.getTime() + MINUTE)), { now });

  return ({ kind, until, reason, names: all }) => {
    const names = format.list(all, { type: "unit" });
    switch (kind) {
      case "revoked":
        return t(revokedWords.get(reason ?? "") ?? "revoked");
      case "restricted":
        return until === null ? t("restrictedOpen") : t("restricted", { when: soon(until) });
      case "missing_permission":
        if (reason === CONTACT_TERMS) return t("missingTerms");
        return reason === SEND_PERMISSION || reason === INSTAGRAM_SEND_PERMISSION
          ? t("missingSend", { names })
          : t("missing_permission", { names });
      case "unsubscribed":
        return reason === "app" ? t("unsubscribedApp", { names }) : t("unsubscribedPage", { names });
      case "expiring": {
        const when = until === null ? "" : format.dateTime(until, { dateStyle: "long" });
        return until !== null && until < now ? t("expired", { when }) : t("expiring", { when });
      }
      case "warned":
        return t("warned", { reason: reason ?? "" }).trim();
      case "paused":
        return t("paused", { when: until === null ? "" : soon(until) });
      case "disconnected":
      case "test_only":
        return t(kind);
    }
  };
}

const revokedWords = new Map<string, "revokedPassword" | "revokedLogin" | "revokedInstagram">([
  ["passwordChanged", "revokedPassword"],
  ["loginNeeded", "revokedLogin"],
  ["instagramLinkBroken", "revokedInstagram"],
]);
