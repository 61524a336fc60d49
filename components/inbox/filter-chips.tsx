"use client";

import { Button, CloseButton } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { LeadFilter } from "#lib/leads/lead-filter.ts";
import styles from "./filter-bar.module.css";
import { type FilterWord, useFilterWords } from "./filter-bar.tsx";
import type { ChangeFilter, InboxChoices } from "./inbox-props.ts";

const listWords = ["page", "ad", "assignee", "stage", "window", "state"] as const satisfies readonly FilterWord[];

type Chip = { key: string; label: string; without: Partial<LeadFilter> };
type Props = { filter: LeadFilter; choices: InboxChoices; change: ChangeFilter; clear: () => void };

/** What narrows the list right now, each part to be taken away. */
export function FilterChips({ filter, choices, change, clear }: Props) {
  const t = useTranslations("inbox");
  const chips = useChips(filter, choices);
  if (chips.length === 0) return null;

  return (
    <div className={styles.chips} role="group" aria-label={t("active-filters")}>
      {chips.map(({ key, label, without }) => (
        <span key={key} className={styles.chip}>
          <span title={label}>
            <bdi>{label}</bdi>
          </span>
          <CloseButton size={24} iconSize={14} aria-label={t("remove", { label })} onClick={() => change(without)} />
        </span>
      ))}
      <Button variant="subtle" size="compact-sm" onClick={clear}>
        {t("clear")}
      </Button>
    </div>
  );
}

function useChips(filter: LeadFilter, choices: InboxChoices): Chip[] {
  const t = useTranslations("inbox");
  const word = useFilterWords(choices);
  const format = useFormatter();
  const moment = (text: string) =>
    text.length === 10
      ? format.dateTime(new Date(`${text}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" })
      : format.dateTime(new Date(text), { dateStyle: "medium", timeStyle: "short" });

  const chips = listWords.flatMap((name) =>
    filter[name].map((value) => ({
      key: `${name}-${value}`,
      label: t("chip", { word: t(`word.${name}`), value: word(name, value) }),
      without: { [name]: filter[name].filter((each) => each !== value) },
    })),
  );
  const single: Chip[] = [
    ...(filter.q === ""
      ? []
      : [{ key: "q", label: t("chip", { word: t("word.q"), value: filter.q }), without: { q: "" } }]),
    ...(filter.from === null
      ? []
      : [{ key: "from", label: t("from-chip", { time: moment(filter.from) }), without: { from: null } }]),
    ...(filter.to === null
      ? []
      : [{ key: "to", label: t("to-chip", { time: moment(filter.to) }), without: { to: null } }]),
    ...(filter.control.length === 0 ? [] : [{ key: "control", label: t("control-chip"), without: { control: [] } }]),
  ];
  return [...chips, ...single];
}
