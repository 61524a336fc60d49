"use client";

import { Button } from "@mantine/core";
import { IconHandGrab } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { createContext, use } from "react";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import styles from "./cells.module.css";
import { leadLabel } from "./lead-words.ts";

export const ClaimContext = createContext<(lead: LeadRow) => void>(() => {});

export function ClaimCell({ lead }: { lead: LeadRow }) {
  const t = useTranslations();
  const claim = use(ClaimContext);
  if (lead.assignee !== null) return null;
  return (
    <Button
      className={styles.claim}
      size="compact-xs"
      variant="default"
      leftSection={<IconHandGrab size={14} aria-hidden />}
      aria-label={t("inbox.claim-lead", { lead: leadLabel(lead, t("common.lead.unnamed")) })}
      onClick={() => claim(lead)}
    >
      {t("inbox.claim")}
    </Button>
  );
}
