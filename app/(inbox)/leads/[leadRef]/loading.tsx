import { Skeleton } from "@mantine/core";
import { getTranslations } from "next-intl/server";
import styles from "#components/lead/lead.module.css";

/** The shape of what comes: a name, bubbles on both sides, facts. */
export default async function Loading() {
  const t = await getTranslations("lead");
  return (
    <div className={styles.loading} role="status" aria-label={t("loading")}>
      <Skeleton height={44} />
      <div className={styles.loadingLines}>
        <Skeleton height={64} />
        <Skeleton height={38} width="55%" />
        <Skeleton height={38} width="40%" ml="auto" />
        <Skeleton height={52} width="60%" />
        <Skeleton height={38} width="45%" ml="auto" />
      </div>
      <div className={styles.facts}>
        {["a", "b", "c", "d"].map((key) => (
          <Skeleton key={key} height={36} mt="md" />
        ))}
      </div>
    </div>
  );
}
