import { useTranslations } from "next-intl";
import { type TextPart, textParts } from "./text-parts.ts";
import styles from "./thread.module.css";

/** Text somebody else wrote: it keeps to its own direction and its own lines, and hides nothing. */
export function SafeText({ text, className }: { text: string; className?: string }) {
  return (
    <bdi dir="auto" className={className === undefined ? styles.text : `${styles.text} ${className}`}>
      {textParts(text).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move.
        <Part key={index} part={part} />
      ))}
    </bdi>
  );
}

function Part({ part }: { part: TextPart }) {
  const t = useTranslations("lead.message");
  switch (part.kind) {
    case "text":
      return part.text;
    case "link":
      return (
        <a href={part.href} title={part.href} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      );
    case "mark":
      return (
        <span className={styles.mark} title={t("hidden", { code: part.code })}>
          {part.code}
        </span>
      );
  }
}
