"use client";

import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { stages } from "#lib/leads/lead.ts";
import { type LeadFilter, leadSorts, windowWords, workStates } from "#lib/leads/lead-filter.ts";
import styles from "./filter-bar.module.css";
import { FilterMenu } from "./filter-menu.tsx";
import type { ChangeFilter, InboxChoices } from "./inbox-props.ts";
import { TimeMenu } from "./time-menu.tsx";

type Props = { filter: LeadFilter; choices: InboxChoices; change: ChangeFilter };

/** Everything the list can be narrowed by, and its order. */
export function FilterBar({ filter, choices, change }: Props) {
  const t = useTranslations();
  const word = useFilterWords(choices);

  return (
    <div className={styles.bar} role="group" aria-label={t("inbox.filters")}>
      <FilterMenu
        label={t("inbox.word.page")}
        choices={choices.pages.map(({ id }) => ({ value: id, label: word("page", id) }))}
        values={filter.page}
        onChange={(page) => change({ page })}
      />
      <FilterMenu
        label={t("inbox.word.ad")}
        choices={choices.ads.map(({ id }) => ({ value: id, label: word("ad", id) }))}
        values={filter.ad}
        onChange={(ad) => change({ ad })}
      />
      <FilterMenu
        label={t("inbox.word.assignee")}
        choices={["me", "none", ...choices.agents.map(({ id }) => id)].map((value) => ({
          value,
          label: word("assignee", value),
        }))}
        values={filter.assignee}
        onChange={(assignee) => change({ assignee })}
      />
      <FilterMenu
        label={t("inbox.word.stage")}
        choices={stages.map((value) => ({ value, label: word("stage", value) }))}
        values={filter.stage}
        onChange={(values) => change({ stage: stages.filter((stage) => values.includes(stage)) })}
      />
      <FilterMenu
        label={t("inbox.word.window")}
        choices={windowWords.map((value) => ({ value, label: word("window", value) }))}
        values={filter.window}
        onChange={(values) => change({ window: windowWords.filter((each) => values.includes(each)) })}
      />
      <FilterMenu
        label={t("inbox.word.state")}
        choices={workStates.map((value) => ({ value, label: word("state", value) }))}
        values={filter.state}
        onChange={(values) => change({ state: workStates.filter((each) => values.includes(each)) })}
      />
      <TimeMenu filter={filter} change={change} />
      <Select
        className={styles.sort}
        size="xs"
        aria-label={t("inbox.order")}
        data={leadSorts.map((value) => ({ value, label: t(`inbox.sort.${value}`) }))}
        value={filter.sort}
        allowDeselect={false}
        comboboxProps={{ width: 220, position: "bottom-end" }}
        onChange={(value) => change({ sort: leadSorts.find((sort) => sort === value) ?? "newest" })}
      />
    </div>
  );
}

/** What a value of a filter word is called on the screen; also for values the lists no longer hold. */
export function useFilterWords(choices: InboxChoices): (word: FilterWord, value: string) => string {
  const t = useTranslations();
  return (word, value) => {
    switch (word) {
      case "page":
        return choices.pages.find(({ id }) => id === value)?.name ?? value;
      case "ad":
        return choices.ads.find(({ id }) => id === value)?.title ?? t("inbox.ad-untitled", { id: value.slice(-4) });
      case "assignee":
        if (value === "me" || value === "none") return t(`inbox.${value}`);
        return choices.agents.find(({ id }) => id === value)?.name ?? t("inbox.somebody");
      case "stage":
        return t(`common.stage.${stages.find((stage) => stage === value) ?? "new"}`);
      case "window":
        return t(`inbox.window.${windowWords.find((each) => each === value) ?? "free"}`);
      case "state":
        return t(`inbox.state.${workStates.find((each) => each === value) ?? "open"}`);
    }
  };
}

export type FilterWord = "page" | "ad" | "assignee" | "stage" | "window" | "state";
