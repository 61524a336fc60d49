"use client";

import { NativeSelect } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";

/** Whose books; the address holds it. */
export function LedgerFilter({ pageId, pages }: { pageId: string | null; pages: { id: string; name: string }[] }) {
  const t = useTranslations("ledger");
  const router = useRouter();
  return (
    <NativeSelect
      label={t("filter")}
      maw={320}
      mb="sm"
      value={pageId ?? ""}
      data={[{ value: "", label: t("allPages") }, ...pages.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={({ currentTarget: { value } }) =>
        router.push(`/settings/ledger${value === "" ? "" : `?${new URLSearchParams({ page: value })}`}`)
      }
    />
  );
}
