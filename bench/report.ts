/** A figure with its name, and what it must reach, if it must reach anything. */
export type Figure = { name: string; value: number | string; mark?: string; isMet?: boolean };

export type Report = { name: string; size: Record<string, number | string>; figures: Figure[]; notes?: string[] };

/** A table for people and one JSON line for programs. False when a promise does not hold, which fails the command. */
export function print({ name, size, figures, notes = [] }: Report): boolean {
  const sizes = Object.entries(size).map(([what, value]) => `${what} ${value}`);
  console.log(`\n${name}: ${sizes.join(", ")}\n`);
  const rows = figures.map((figure) => [figure.name, shown(figure.value), figure.mark ?? "", verdict(figure)]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const [what = "", value = "", mark = "", met = ""] of rows) {
    console.log(
      `  ${what.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${mark.padEnd(widths[2] ?? 0)}  ${met}`.trimEnd(),
    );
  }
  for (const note of notes) console.log(`\n  ${note}`);
  const values = Object.fromEntries(figures.map((figure) => [figure.name, figure.value]));
  const isMet = figures.every((figure) => figure.isMet !== false);
  // Speed depends on the machine, and fails nothing.
  const isBroken = figures.some(({ mark, isMet }) => mark === "0" && isMet === false);
  if (isBroken) process.exitCode = 1;
  console.log(`\n${JSON.stringify({ bench: name, isMet, size, figures: values })}`);
  return !isBroken;
}

function verdict({ isMet }: Figure): string {
  if (isMet === undefined) return "";
  return isMet ? "met" : "NOT MET";
}

function shown(value: number | string): string {
  if (typeof value === "string") return value;
  return Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(value < 10 ? 2 : 1);
}

/** The value below which this part of the sorted list lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Parts of all values in milliseconds, and what each must stay within. */
export function spread(
  name: string,
  values: readonly number[],
  parts: readonly number[],
  most: readonly number[] = [],
): Figure[] {
  return parts.map((part, i) => {
    const value = Math.round(percentile(values, part));
    const limit = most[i];
    const figure = { name: `${name} p${part * 100} ms`, value };
    return limit === undefined ? figure : { ...figure, mark: `≤ ${limit}`, isMet: value <= limit };
  });
}
