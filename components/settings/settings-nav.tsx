"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import styles from "./settings.module.css";

const PLACES = ["pages", "ads", "sending", "webhooks", "ledger"] as const;

/** The parts of the settings, one line above each of them. */
export function SettingsNav() {
  const t = useTranslations("settings.nav");
  const path = usePathname();
  return (
    <nav className={styles.nav} aria-label={t("label")}>
      {PLACES.map((place) => (
        <Link
          key={place}
          href={`/settings/${place}`}
          aria-current={path.startsWith(`/settings/${place}`) ? "page" : undefined}
        >
          {t(place)}
        </Link>
      ))}
    </nav>
  );
}
