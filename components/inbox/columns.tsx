import { createColumnHelper, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import type { LeadRow } from "#lib/leads/lead-row.ts";
import {
  ActivityCell,
  AssigneeCell,
  LeadCell,
  SourceCell,
  StageCell,
  StatusCell,
  WaitingCell,
  WindowCell,
} from "./cells.tsx";
import { ClaimCell } from "./claim-cell.tsx";

/** The server sorts; the table only knows by which column. */
export const features = tableFeatures({ rowSortingFeature });

const helper = createColumnHelper<typeof features, LeadRow>();

/** The ids name the words of the headers and the classes that fold columns away on narrow screens. */
export const columns = helper.columns([
  helper.display({ id: "lead", enableSorting: false, cell: ({ row }) => <LeadCell lead={row.original} /> }),
  helper.display({ id: "status", enableSorting: false, cell: ({ row }) => <StatusCell lead={row.original} /> }),
  helper.display({ id: "source", enableSorting: false, cell: ({ row }) => <SourceCell lead={row.original} /> }),
  helper.display({ id: "assignee", enableSorting: false, cell: ({ row }) => <AssigneeCell lead={row.original} /> }),
  helper.display({ id: "stage", enableSorting: false, cell: ({ row }) => <StageCell lead={row.original} /> }),
  helper.display({ id: "activity", cell: ({ row }) => <ActivityCell lead={row.original} /> }),
  helper.display({ id: "waiting", cell: ({ row }) => <WaitingCell lead={row.original} /> }),
  helper.display({ id: "window", cell: ({ row }) => <WindowCell lead={row.original} /> }),
  helper.display({ id: "act", enableSorting: false, cell: ({ row }) => <ClaimCell lead={row.original} /> }),
]);

export const columnIds = [
  "lead",
  "status",
  "source",
  "assignee",
  "stage",
  "activity",
  "waiting",
  "window",
  "act",
] as const;
export type ColumnId = (typeof columnIds)[number];

export function columnIdOf(id: string): ColumnId {
  const known = columnIds.find((column) => column === id);
  if (known === undefined) throw new Error(`no words for column ${id}`);
  return known;
}
