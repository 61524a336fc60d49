"use client";

import { Button, Loader } from "@mantine/core";
import { IconFilterOff, IconInbox } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Notice } from "#components/ui/notice.tsx";

/** An empty list says why it is empty and what to do about it. */
export function NothingHere({
  isFiltered,
  isLoading,
  onClear,
}: {
  isFiltered: boolean;
  isLoading: boolean;
  onClear: () => void;
}) {
  const t = useTranslations("inbox");
  if (isLoading) return <Notice icon={<Loader size="sm" />} title={t("loading")} role="status" />;
  if (isFiltered) {
    return (
      <Notice
        icon={<IconFilterOff size={32} stroke={1.5} />}
        title={t("no-match.title")}
        actions={
          <Button variant="default" onClick={onClear}>
            {t("clear")}
          </Button>
        }
      >
        {t("no-match.text")}
      </Notice>
    );
  }
  return (
    <Notice
      icon={<IconInbox size={32} stroke={1.5} />}
      title={t("no-leads.title")}
      actions={<Link href="/settings/webhooks">{t("no-leads.check")}</Link>}
    >
      {t("no-leads.text")}
    </Notice>
  );
}
