"use client";

import { IconSpeakerphone } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { SafeText } from "#components/thread/safe-text.tsx";
import type { AdCard as Ad } from "#lib/leads/lead-page.ts";
import styles from "./lead.module.css";

/** The ad that brought the person. */
export function AdCard({ ad, name }: { ad: Ad | null; name: string }) {
  const t = useTranslations("lead.facts");
  if (ad === null) return null;
  return (
    <aside className={styles.ad} aria-label={t("ad")}>
      {ad.photoHref === null ? (
        <IconSpeakerphone size={20} stroke={1.6} aria-hidden />
      ) : (
        // biome-ignore lint/performance/noImgElement: the optimizer is off; the picture is small already.
        <img className={styles.adPhoto} src={ad.photoHref} alt="" width={56} height={56} loading="lazy" />
      )}
      <div>
        <p className={styles.dim}>{t("broughtBy", { name })}</p>
        <p className={styles.adTitle}>{ad.title === null ? t("adUntitled") : <SafeText text={ad.title} />}</p>
        <p className={styles.dim}>
          {t("adId")} <span className="numbers">{ad.adId}</span>
        </p>
      </div>
    </aside>
  );
}
