/** Characters that hide, or turn a line around, as JSON's own escapes: the same text, and all of it to be seen. */
export function visibleJson(json: string): string {
  return json.replaceAll(/[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
