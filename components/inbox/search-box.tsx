"use client";

import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useKeys } from "#components/ui/use-keys.ts";
import type { ChangeFilter } from "./inbox-props.ts";

const PAUSE_MS = 250;

/** Searches while one types. The address follows; while somebody types, the field leads. */
export function SearchBox({ q, change }: { q: string; change: ChangeFilter }) {
  const t = useTranslations("inbox");
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const tell = useDebouncedCallback((text: string) => change({ q: text.trim() }, "replace"), PAUSE_MS);
  useKeys({
    "/": () => {
      field.current?.focus();
      field.current?.select();
    },
  });

  function type(text: string) {
    setTyped(text);
    tell(text);
  }

  return (
    <TextInput
      ref={field}
      type="search"
      size="xs"
      flex={1}
      maw={420}
      miw={120}
      aria-label={t("search")}
      aria-keyshortcuts="/"
      placeholder={t("search-hint")}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        (typed ?? q) === "" ? null : (
          <CloseButton size={24} iconSize={14} aria-label={t("clear-search")} onClick={() => type("")} />
        )
      }
      value={typed ?? q}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => {
        tell.flush();
        setTyped(null);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" || event.key === "Escape") field.current?.blur();
      }}
    />
  );
}
