import { refusals } from "./graph-errors.ts";

/** Meta's `fields`: `id,messages.limit(25){id,from},participants`. */
export type Field = { name: string; args: Record<string, string>; children: Field[] | null };

function readFields(text: string): Field[] {
  const reader = { text: text.replace(/\s+/g, ""), at: 0 };
  const fields = listOf(reader);
  if (reader.at < reader.text.length) throw refusals.invalid(`Syntax error at character ${reader.at} in fields.`);
  return fields;
}

/** The fields a call asks for, or what Meta shows unasked. */
export function fieldsOf(params: Record<string, unknown>, otherwise: string): Field[] {
  return readFields(typeof params.fields === "string" && params.fields !== "" ? params.fields : otherwise);
}

type Reader = { text: string; at: number };

function listOf(reader: Reader): Field[] {
  const fields: Field[] = [];
  for (;;) {
    const name = /^[\wÀ-￿-]+/.exec(reader.text.slice(reader.at))?.[0];
    if (name === undefined) throw refusals.invalid(`Syntax error: a field name is expected at character ${reader.at}.`);
    reader.at += name.length;
    fields.push({ name, args: argsOf(reader), children: childrenOf(reader) });
    if (reader.text[reader.at] !== ",") return fields;
    reader.at += 1;
  }
}

function argsOf(reader: Reader): Record<string, string> {
  const args: Record<string, string> = {};
  for (;;) {
    const [whole, name, value] = /^\.(\w+)\(([^)]*)\)/.exec(reader.text.slice(reader.at)) ?? [];
    if (whole === undefined || name === undefined || value === undefined) return args;
    args[name] = value;
    reader.at += whole.length;
  }
}

function childrenOf(reader: Reader): Field[] | null {
  if (reader.text[reader.at] !== "{") return null;
  reader.at += 1;
  const children = listOf(reader);
  if (reader.text[reader.at] !== "}") throw refusals.invalid("Syntax error: } is missing in fields.");
  reader.at += 1;
  return children;
}

/** What was asked for, and the id, which is always told. An unknown field fails the whole call, as Meta's does. */
export function pick(known: Record<string, (field: Field) => unknown>, fields: readonly Field[]) {
  const picked: Record<string, unknown> = {};
  for (const field of fields) {
    const value = known[field.name];
    if (value === undefined) throw refusals.unknownField(field.name);
    const answer = value(field);
    if (answer !== undefined) picked[field.name] = answer;
  }
  const id = known.id?.({ name: "id", args: {}, children: null });
  return id === undefined ? picked : { ...picked, id };
}
