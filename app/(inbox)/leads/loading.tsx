import { Skeleton } from "@mantine/core";
import { getTranslations } from "next-intl/server";
import styles from "./loading.module.css";

const rows = Array.from({ length: 14 }, (_, at) => ({ key: `row-${at}`, width: 90 + ((at * 53) % 110) }));

/** The inbox before its rows: the same places, grey. */
export default async function LoadingLeads() {
  const t = await getTranslations("inbox");
  return (
    <div className={styles.inbox} aria-busy>
      <p className="unseen" role="status">
        {t("loading")}
      </p>
      <div className={styles.top}>
        <Skeleton height={22} width={72} />
        <Skeleton height={30} width={320} />
      </div>
      <div className={styles.tabs}>
        <Skeleton height={16} width={320} />
      </div>
      <div className={styles.bar}>
        <Skeleton height={30} width={440} />
      </div>
      {rows.map(({ key, width }) => (
        <div key={key} className={styles.row}>
          <div className={styles.lead}>
            <Skeleton height={12} width={width} />
            <Skeleton height={10} width={width + 40} />
          </div>
          <Skeleton height={12} width={120} />
          <Skeleton height={12} width={90} />
        </div>
      ))}
    </div>
  );
}
