import { IconPlugConnected, IconPlugConnectedX } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import styles from "./settings.module.css";

type Page = { id: string; name: string; isConnected: boolean; connectedAt: Date | null };

export function PageList({ pages }: { pages: Page[] }) {
  const t = useTranslations("settings.pages");
  const format = useFormatter();
  if (pages.length === 0) return <p className={styles.text}>{t("none")}</p>;
  return (
    <ul className={styles.list}>
      {pages.map((page) => (
        <li key={page.id} className={styles.item}>
          <strong>
            <bdi>{page.name}</bdi>
          </strong>
          <span className="numbers">{page.id}</span>
          <span className={styles.state} data-good={page.isConnected || undefined}>
            {page.isConnected ? (
              <IconPlugConnected size={16} aria-hidden />
            ) : (
              <IconPlugConnectedX size={16} aria-hidden />
            )}
            {page.connectedAt === null
              ? t("disconnected")
              : t("connected", {
                  time: format.dateTime(page.connectedAt, { dateStyle: "medium", timeStyle: "short" }),
                })}
          </span>
        </li>
      ))}
    </ul>
  );
}
