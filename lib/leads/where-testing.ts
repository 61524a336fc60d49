/** Conditions of a query tried on rows at hand, as PostgreSQL would try them: nothing compares with null. */
type Row = { readonly [column: string]: unknown };

export function matches(where: unknown, row: Row): boolean {
  if (typeof where !== "object" || where === null) throw new Error("A condition is an object.");
  return Object.entries(where).every(([name, asked]: [string, unknown]) => {
    if (asked === undefined) return true;
    if (name === "AND" || name === "OR") {
      const parts: unknown[] = Array.isArray(asked) ? asked : [asked];
      return name === "AND" ? parts.every((part) => matches(part, row)) : parts.some((part) => matches(part, row));
    }
    if (!(name in row)) throw new Error(`The row has no ${name}.`);
    return holds(asked, row[name]);
  });
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !(value instanceof Date) && !Array.isArray(value);
}

function holds(asked: unknown, value: unknown): boolean {
  if (!isRow(asked)) return plain(asked) === plain(value);
  return Object.entries(asked).every(([word, than]) => {
    if (word === "is") return isRow(value) && matches(than, value);
    if (word === "not") return plain(value) !== plain(than);
    if (value === null) return false;
    if (word === "in") return Array.isArray(than) && than.map(plain).includes(plain(value));
    if (word === "contains") return like(String(than)).test(String(value));
    const [left, right] = [plain(value), plain(than)];
    if (left === null || right === null) return false;
    if (word === "gt") return left > right;
    if (word === "gte") return left >= right;
    if (word === "lt") return left < right;
    if (word === "lte") return left <= right;
    throw new Error(`Nobody taught this test the word ${word}.`);
  });
}

function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.getTime() : typeof value === "number" ? value : String(value);
}

/** LIKE with `\` before what has no meaning of its own. */
function like(pattern: string): RegExp {
  const parts = [...pattern.matchAll(/\\(.)|([%_])|([^\\%_])/gs)].map(([, escaped, wild, letter]) => {
    if (wild !== undefined) return wild === "%" ? ".*" : ".";
    return (escaped ?? letter ?? "").replace(/[^\w\s]/g, "\\$&");
  });
  return new RegExp(parts.join(""), "s");
}
