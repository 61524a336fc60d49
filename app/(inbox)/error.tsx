"use client";

import { Button, Code } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Notice } from "#components/ui/notice.tsx";

/** A query that failed says so: it never becomes an empty list. */
export default function InboxError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("common.failure");
  // The server names its own errors; a fault in the browser gets a name to quote here.
  const [id] = useState(() => digestOf(error) ?? crypto.randomUUID().slice(0, 8));
  return (
    <Notice
      isPage
      role="alert"
      icon={<IconCloudOff size={32} stroke={1.5} />}
      title={t("title")}
      actions={<Button onClick={() => retry()}>{t("retry")}</Button>}
    >
      <p>{t("text")}</p>
      <p>{t("quote")}</p>
      <Code>{t("id", { id })}</Code>
    </Notice>
  );
}

function digestOf(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
