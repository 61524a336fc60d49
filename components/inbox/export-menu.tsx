"use client";

import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";

const forms = [
  { word: "csv", query: "format=csv" },
  { word: "semicolon", query: "format=csv&delimiter=semicolon" },
  { word: "xlsx", query: "format=xlsx" },
] as const;

/** The file holds what the screen shows: same words, all pages. */
export function ExportMenu({ words }: { words: string }) {
  const t = useTranslations("inbox.export");
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} aria-label={t("label")}>
          {t("label")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {forms.map(({ word, query }) => (
          <Menu.Item
            key={word}
            component="a"
            href={`/api/leads/export?${query}${words === "" ? "" : `&${words}`}`}
            download
          >
            {t(word)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
