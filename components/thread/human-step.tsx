"use client";

import { Button } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { Ref } from "react";
import styles from "./composer.module.css";
import shared from "./thread.module.css";

type Props = { endsAt: Date; onStart: () => void; ref: Ref<HTMLButtonElement> };

/** After 24 hours Meta allows only what a person writes; the agent says so before writing, and learns why. */
export function HumanStep({ endsAt, onStart, ref }: Props) {
  const t = useTranslations("lead.window");
  const format = useFormatter();
  return (
    <div className={styles.closed}>
      <p>{t("humanWhy", { until: format.dateTime(endsAt, { dateStyle: "medium", timeStyle: "short" }) })}</p>
      <p className={shared.dim}>{t("humanStartWhy")}</p>
      <Button ref={ref} variant="default" leftSection={<IconUser size={16} aria-hidden />} onClick={onStart}>
        {t("humanStart")}
      </Button>
    </div>
  );
}
