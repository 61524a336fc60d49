/**
 * Cells as an XLSX workbook, written while the rows come: header frozen, filters on, a second sheet that
 * tells what the file holds. Every cell is an explicit string, so nothing in it can run or turn into a number.
 */
import { columnName, cutToCell, sheetText } from "./sheet-text.ts";
import {
  HEADER_STYLE,
  type SheetPlace,
  sheetPath,
  TEXT_STYLE,
  workbookParts,
  worksheetClose,
  worksheetOpen,
} from "./workbook.ts";
import { type ZipEntry, zip } from "./zip.ts";

export type Xlsx = {
  headers: readonly string[];
  rows: AsyncIterable<readonly string[]>;
  /** The second sheet; asked for after the last row, when everything is known. */
  about: (told: Told) => readonly (readonly [name: string, value: string])[];
  /** The format's limit, smaller in tests: a sheet that is full is followed by another. */
  maxRows?: number;
};

/** What became of the rows. */
export type Told = { rowCount: number; cutCells: number; columnsLeftOut: number };

const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
const CHUNK = 64 * 1024;
const WIDTH = 20;

export function xlsx({ headers, rows, about, maxRows = MAX_ROWS }: Xlsx): AsyncGenerator<Uint8Array> {
  return zip(parts());

  async function* parts(): AsyncGenerator<ZipEntry> {
    const told: Told = { rowCount: 0, cutCells: 0, columnsLeftOut: Math.max(0, headers.length - MAX_COLUMNS) };
    const shownHeaders = headers.slice(0, MAX_COLUMNS);
    const letters = shownHeaders.map((_, i) => columnName(i));
    const source = rows[Symbol.asyncIterator]();
    const sheets: SheetPlace[] = [];
    let next = await source.next();

    try {
      do {
        const index = sheets.length;
        const sheet = { name: sheetName(index), filtered: "" };
        sheets.push(sheet);
        yield { path: sheetPath(index), data: chunks(leadSheet(sheet)) };
        if (index === 0) {
          // The second sheet has its place now and its content last, when the rows are counted.
          sheets.push({ name: "Export", filtered: null });
        }
      } while (!next.done);
    } finally {
      await source.return?.();
    }

    yield { path: sheetPath(1), data: chunks(aboutSheet(about(told))) };
    for (const { path, text } of workbookParts(sheets)) yield { path, data: [encode(text)] };

    async function* leadSheet(sheet: SheetPlace): AsyncGenerator<string> {
      yield worksheetOpen({ isFrozen: true, widths: shownHeaders.map(() => WIDTH) });
      let row = 1;
      yield rowXml(row, letters, shownHeaders, HEADER_STYLE, told);
      for (; !next.done && row < maxRows; next = await source.next()) {
        row += 1;
        told.rowCount += 1;
        yield rowXml(row, letters, next.value, TEXT_STYLE, told);
      }
      sheet.filtered = `A1:${letters.at(-1) ?? "A"}${row}`;
      yield worksheetClose(sheet.filtered);
    }
  }
}

function sheetName(index: number): string {
  return index === 0 ? "Leads" : `Leads ${index}`;
}

function* aboutSheet(lines: readonly (readonly [string, string])[]): Generator<string> {
  const told = { cutCells: 0 };
  yield worksheetOpen({ isFrozen: false, widths: [28, 80] });
  for (const [i, [name, value]] of lines.entries()) {
    const row = i + 1;
    yield `<row r="${row}">${cellXml("A", row, name, HEADER_STYLE, told)}${cellXml("B", row, value, TEXT_STYLE, told)}</row>`;
  }
  yield worksheetClose(null);
}

function rowXml(
  row: number,
  letters: readonly string[],
  cells: readonly string[],
  style: number,
  told: { cutCells: number },
): string {
  return `<row r="${row}">${letters.map((letter, i) => cellXml(letter, row, cells[i] ?? "", style, told)).join("")}</row>`;
}

function cellXml(column: string, row: number, given: string, style: number, told: { cutCells: number }): string {
  if (given === "") return "";
  const { text, isCut } = cutToCell(given);
  if (isCut) told.cutCells += 1;
  return `<c r="${column}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${sheetText(text)}</t></is></c>`;
}

/** Small texts gathered into chunks worth handing on. */
async function* chunks(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Uint8Array> {
  let gathered = "";
  for await (const text of texts) {
    gathered += text;
    if (gathered.length < CHUNK) continue;
    yield encode(gathered);
    gathered = "";
  }
  if (gathered !== "") yield encode(gathered);
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
