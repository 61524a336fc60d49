"use client";

import { Button, Code, Loader } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowUp, IconCloudOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useRememberList } from "#components/live/list-place.ts";
import { Notice } from "#components/ui/notice.tsx";
import type { LeadSort } from "#lib/leads/lead-filter.ts";
import { ClaimContext } from "./claim-cell.tsx";
import styles from "./inbox.module.css";
import type { InboxActions, InboxStart } from "./inbox-props.ts";
import { LeadTable, type RowsView } from "./lead-table.tsx";
import { NothingHere } from "./nothing-here.tsx";
import { COUNT_CAP } from "./status-tabs.tsx";
import { useClaim } from "./use-claim.ts";
import { useLeads } from "./use-leads.ts";
import { useLiveLeads } from "./use-live-leads.ts";
import { useRowKeys } from "./use-row-keys.ts";
import { useScrollMemory } from "./use-scroll-memory.ts";
import { useStill } from "./use-still.ts";

type Props = {
  me: { id: string; name: string };
  start: InboxStart;
  actions: InboxActions;
  words: string;
  sort: LeadSort;
  /** How many leads the tab counts. */
  count: number | undefined;
  onSort: (sort: LeadSort) => void;
  onClear: () => void;
};

const ROW = 48;
const CARD = 84;
/** How many rows before the end of what is loaded the next page is asked for. */
const AHEAD = 30;

/** The leads of the filter, kept right while they change. */
export function InboxList({ me, start, actions, words, sort, count, onSort, onClear }: Props) {
  const t = useTranslations();
  const leads = useLeads(words, start, actions);
  const scroll = useRef<HTMLDivElement>(null);
  const view = useRef<RowsView>(null);
  const still = useStill(scroll);
  const news = useLiveLeads({ words, sort, actions, mayMove: still.mayMove });
  const claim = useClaim(me, actions);
  const isNarrow = useMediaQuery("(max-width: 860px)", false) ?? false;
  useRowKeys({ rows: leads.rows, scroll, view, claim });
  const offset = useScrollMemory(scroll, words);

  async function showNews() {
    await news.show();
    scroll.current?.scrollTo({ top: 0 });
  }

  function reach(index: number) {
    if (index >= leads.rows.length - AHEAD && leads.hasNextPage && !leads.isFetching) void leads.fetchNextPage();
  }

  const total = totalOf(count, leads);
  useRememberList(words, leads.rows, total);
  const digest = digestOf(leads.error);
  return (
    <>
      <div className={styles.place}>
        {news.refs.size > 0 && (
          <Button
            className={styles.pill}
            radius="xl"
            size="compact-sm"
            rightSection={<IconArrowUp size={14} aria-hidden />}
            onClick={showNews}
          >
            {t("inbox.new", { count: news.refs.size })}
          </Button>
        )}
        <div
          ref={scroll}
          className={styles.scroll}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          role="region"
          aria-label={t("inbox.list")}
          {...still.handlers}
        >
          {leads.rows.length > 0 ? (
            <ClaimContext value={claim}>
              <LeadTable
                rows={leads.rows}
                total={total}
                sort={sort}
                onSort={onSort}
                rowHeight={isNarrow ? CARD : ROW}
                scroll={scroll}
                view={view}
                startAt={offset}
                isOld={leads.isPlaceholderData}
                isFresh={news.isFresh}
                onReach={reach}
              />
            </ClaimContext>
          ) : leads.isError ? null : (
            <NothingHere
              isFiltered={words !== "" && words !== `sort=${sort}`}
              isLoading={leads.isPending || leads.isPlaceholderData}
              onClear={onClear}
            />
          )}
          {leads.isError && (
            <Notice
              role="alert"
              icon={<IconCloudOff size={32} stroke={1.5} />}
              title={t("common.failure.title")}
              actions={
                <Button onClick={() => (leads.isFetchNextPageError ? leads.fetchNextPage() : leads.refetch())}>
                  {t("common.failure.retry")}
                </Button>
              }
            >
              <p>{t("common.failure.text")}</p>
              {digest !== null && (
                <>
                  <p>{t("common.failure.quote")}</p>
                  <Code>{t("common.failure.id", { id: digest })}</Code>
                </>
              )}
            </Notice>
          )}
          {leads.isFetchingNextPage && (
            <div className={styles.more}>
              <Loader size="xs" /> {t("inbox.loading")}
            </div>
          )}
        </div>
      </div>
      <div className="unseen" role="status">
        {news.announced > 0 && t("inbox.announce", { count: news.announced })}
      </div>
    </>
  );
}

/** How many rows there are in all, for screen readers; unknown while more wait than we count. */
function totalOf(count: number | undefined, leads: { rows: unknown[]; hasNextPage: boolean }): number | null {
  if (!leads.hasNextPage) return leads.rows.length;
  return count === undefined || count >= COUNT_CAP ? null : Math.max(count, leads.rows.length);
}

/** The server names its own errors; a lost line has no name to quote. */
function digestOf(error: Error | null): string | null {
  return error !== null && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
