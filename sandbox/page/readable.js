/** Indented, with ids as they are on the wire: numbers too long for JavaScript stay text. @param {string} body */
export function readable(body) {
  let depth = 0;
  let isText = false;
  let shown = "";
  for (let at = 0; at < body.length; at += 1) {
    const sign = body[at] ?? "";
    if (isText && sign === "\\") {
      shown += sign + (body[at + 1] ?? "");
      at += 1;
      continue;
    }
    if (sign === '"') isText = !isText;
    if (isText || !"{}[],:".includes(sign)) shown += sign;
    else if (sign === "{" || sign === "[") {
      const isEmpty = body[at + 1] === (sign === "{" ? "}" : "]");
      depth += 1;
      shown += isEmpty ? sign : `${sign}\n${"  ".repeat(depth)}`;
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      const isEmpty = body[at - 1] === (sign === "}" ? "{" : "[");
      shown += isEmpty ? sign : `\n${"  ".repeat(depth)}${sign}`;
    } else shown += sign === "," ? `,\n${"  ".repeat(depth)}` : ": ";
  }
  return shown;
}
