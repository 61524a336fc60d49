"use client";

import { IconSpeakerphone } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { SafeText } from "#components/thread/safe-text.tsx";
import { safeHref } from "#components/thread/text-parts.ts";
import type { AdCard as Ad } from "#lib/leads/lead-page.ts";
import styles from "./lead.module.css";

/** The ad that brought the person. Its picture lies on another's host, so it is linked, not loaded. */
export function AdCard({ ad, name }: { ad: Ad | null; name: string }) {
  const t = useTranslations("lead.facts");
  if (ad === null) return null;
  const photo = ad.photoUrl === null ? null : safeHref(ad.photoUrl);
  return (
    <aside className={styles.ad} aria-label={t("ad")}>
      <IconSpeakerphone size={20} stroke={1.6} aria-hidden />
      <div>
        <p className={styles.dim}>{t("broughtBy", { name })}</p>
        <p className={styles.adTitle}>{ad.title === null ? t("adUntitled") : <SafeText text={ad.title} />}</p>
        <p className={styles.dim}>
          {t("adId")} <span className="numbers">{ad.adId}</span>
          {photo !== null && (
            <>
              {" · "}
              <a href={photo} target="_blank" rel="noopener noreferrer nofollow">
                {t("adPhoto")}
              </a>
            </>
          )}
        </p>
      </div>
    </aside>
  );
}
