"use client";

import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { FlexRender, type Row, useTable } from "@tanstack/react-table";
import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useTranslations } from "next-intl";
import { memo, type RefObject, useEffect, useMemo } from "react";
import type { LeadSort } from "#lib/leads/lead-filter.ts";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import { columnIdOf, columns, features } from "./columns.tsx";
import styles from "./lead-table.module.css";
import { isSortColumn, sortAfterPress, sortingOf } from "./sort-words.ts";

export type RowsView = Virtualizer<HTMLDivElement, HTMLTableRowElement>;

type Props = {
  rows: LeadRow[];
  /** All that match, as far as counted; null when there are more than we count. */
  total: number | null;
  sort: LeadSort;
  onSort: (sort: LeadSort) => void;
  rowHeight: number;
  scroll: RefObject<HTMLDivElement | null>;
  view: RefObject<RowsView | null>;
  /** Where the list stood when it was last on the screen. */
  startAt: number;
  isOld: boolean;
  isFresh: (ref: string) => boolean;
  onReach: (index: number) => void;
};

const SCREEN = { width: 1200, height: 900 };
const OVERSCAN = 12;

export function LeadTable({
  rows,
  total,
  sort,
  onSort,
  rowHeight,
  scroll,
  view,
  startAt,
  isOld,
  isFresh,
  onReach,
}: Props) {
  const t = useTranslations("inbox");
  const sorting = useMemo(() => [sortingOf(sort)], [sort]);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => row.ref,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
  });
  const model = table.getRowModel().rows;

  const virtual = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: model.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => model[index]?.id ?? index,
    overscan: OVERSCAN,
    // The server has no screen: it draws what fits a usual one.
    initialRect: SCREEN,
    initialOffset: startAt,
    onChange: (instance) => onReach(instance.range?.endIndex ?? 0),
  });
  view.current = virtual;
  // Rows become cards when the window gets narrow: what was measured before is worth nothing then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the new height is what estimateSize answers
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);

  return (
    <table
      className={styles.table}
      aria-label={t("title")}
      aria-rowcount={total === null ? -1 : total + 1}
      data-old={isOld || undefined}
    >
      <thead className={styles.head}>
        <tr aria-rowindex={1}>
          {table.getFlatHeaders().map(({ id }) => (
            <HeaderCell key={id} id={id} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {before > 0 && <tr aria-hidden style={{ height: before }} />}
        {items.map(({ index }) => {
          const row = model[index];
          if (row === undefined) return null;
          return (
            <tr key={row.id} className={styles.row} aria-rowindex={index + 2} data-fresh={isFresh(row.id) || undefined}>
              <Cells row={row} />
            </tr>
          );
        })}
        {after > 0 && <tr aria-hidden style={{ height: after }} />}
      </tbody>
    </table>
  );
}

/** Drawn again when the lead changed, not when another one came above it. */
const Cells = memo(
  ({ row }: { row: Row<typeof features, LeadRow> }) =>
    row.getAllCells().map((cell) => (
      <td key={cell.id} className={styles.cell} data-column={cell.column.id}>
        <FlexRender cell={cell} />
      </td>
    )),
  (before, now) => before.row.original === now.row.original,
);

function HeaderCell({ id, sort, onSort }: { id: string; sort: LeadSort; onSort: (sort: LeadSort) => void }) {
  const t = useTranslations("inbox");
  const word = columnIdOf(id);
  if (!isSortColumn(id)) {
    return (
      <th scope="col" className={styles.header} data-column={id}>
        {word === "act" ? <span className="unseen">{t("column.act")}</span> : t(`column.${word}`)}
      </th>
    );
  }

  const { id: sorted, desc } = sortingOf(sort);
  const isSorted = sorted === id;
  const Arrow = desc ? IconArrowDown : IconArrowUp;
  return (
    <th
      scope="col"
      className={styles.header}
      data-column={id}
      aria-sort={isSorted ? (desc ? "descending" : "ascending") : "none"}
    >
      <button type="button" className={styles.sort} onClick={() => onSort(sortAfterPress(id, sort))}>
        {t(`column.${id}`)}
        {isSorted && <Arrow size={14} stroke={2} aria-hidden />}
      </button>
    </th>
  );
}
