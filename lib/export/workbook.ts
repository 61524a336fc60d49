/** The parts of an XLSX file around its sheets: what there is, how it looks, what belongs to what. */
import { sheetText } from "./sheet-text.ts";

/** A sheet's name and the area its filter arrows stand over. */
export type SheetPlace = { name: string; filtered: string | null };

/** Styles of cells, by their place in the list below. */
export const TEXT_STYLE = 1;
export const HEADER_STYLE = 2;

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function sheetPath(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

export function worksheetOpen(given: { isFrozen: boolean; widths: readonly number[] }): string {
  const pane = given.isFrozen ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : "";
  const cols = given.widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  return (
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<sheetFormatPr defaultRowHeight="15"/>${cols === "" ? "" : `<cols>${cols}</cols>`}<sheetData>`
  );
}

export function worksheetClose(filtered: string | null): string {
  return `</sheetData>${filtered === null ? "" : `<autoFilter ref="${filtered}"/>`}</worksheet>`;
}

/** The parts that name all sheets, as paths and texts. */
export function workbookParts(sheets: readonly SheetPlace[]): { path: string; text: string }[] {
  return [
    { path: "xl/workbook.xml", text: workbook(sheets) },
    { path: "xl/_rels/workbook.xml.rels", text: workbookRelations(sheets) },
    { path: "xl/styles.xml", text: styles },
    { path: "_rels/.rels", text: rootRelations },
    { path: "[Content_Types].xml", text: contentTypes(sheets) },
  ];
}

function workbook(sheets: readonly SheetPlace[]): string {
  const list = sheets
    .map(({ name }, i) => `<sheet name="${sheetText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join("");
  // Excel finds its filter arrows by this name, other programs by the sheet's own mark.
  const names = sheets
    .map(({ name, filtered }, i) =>
      filtered === null
        ? ""
        : `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">'${sheetText(name)}'!${absolute(filtered)}</definedName>`,
    )
    .join("");
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${list}</sheets><definedNames>${names}</definedNames></workbook>`;
}

function absolute(area: string): string {
  return area.replace(/([A-Z]+)(\d+)/g, "$$$1$$$2");
}

function workbookRelations(sheets: readonly SheetPlace[]): string {
  const list = sheets
    .map(
      (_, i) => `<Relationship Id="rId${i + 1}" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
    )
    .join("");
  const style = `<Relationship Id="rId${sheets.length + 1}" Type="${DOCUMENT}/styles" Target="styles.xml"/>`;
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${list}${style}</Relationships>`;
}

const rootRelations = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

function contentTypes(sheets: readonly SheetPlace[]): string {
  const list = sheets
    .map((_, i) => `<Override PartName="/${sheetPath(i)}" ContentType="${TYPE}.worksheet+xml"/>`)
    .join("");
  return (
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${list}</Types>`
  );
}

/** Number format 49 is text: a value typed over stays text as well. */
const styles =
  `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
