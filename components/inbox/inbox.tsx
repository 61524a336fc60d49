"use client";

import { useTranslations } from "next-intl";
import { ExportMenu } from "./export-menu.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FilterChips } from "./filter-chips.tsx";
import styles from "./inbox.module.css";
import { InboxList } from "./inbox-list.tsx";
import type { InboxActions, InboxChoices, InboxStart } from "./inbox-props.ts";
import { SearchBox } from "./search-box.tsx";
import { StatusTabs } from "./status-tabs.tsx";
import { useFilter } from "./use-filter.ts";
import { useCounts } from "./use-leads.ts";

type Props = { me: { id: string; name: string }; start: InboxStart; choices: InboxChoices; actions: InboxActions };

/** What is asked for, and below it the list. Only the list is drawn again while leads change. */
export function Inbox({ me, start, choices, actions }: Props) {
  const t = useTranslations("inbox");
  const { filter, words, change, clear } = useFilter();
  const counts = useCounts(words, start);
  const count = counts?.[filter.status.length === 1 ? (filter.status[0] ?? "all") : "all"];
  return (
    <div className={styles.inbox}>
      <header className={styles.top}>
        <h1 className={styles.title}>{t("title")}</h1>
        <SearchBox q={filter.q} change={change} />
        <ExportMenu words={words} />
      </header>
      <StatusTabs filter={filter} counts={counts} change={change} />
      <FilterBar filter={filter} choices={choices} change={change} />
      <FilterChips filter={filter} choices={choices} change={change} clear={clear} />
      <InboxList
        me={me}
        start={start}
        actions={actions}
        words={words}
        sort={filter.sort}
        count={count}
        onSort={(sort) => change({ sort })}
        onClear={clear}
      />
    </div>
  );
}
