import { useFormatter, useTranslations } from "next-intl";
import type { SendingState } from "#lib/threads/sending.ts";

/** Since when and why nothing leaves, in a sentence; null while replies leave. */
export function useSendingWords({ pausedAt, why, byName }: SendingState): string | null {
  const t = useTranslations("sending.pause");
  const format = useFormatter();
  if (pausedAt === null || why === null) return null;
  const at = format.dateTime(pausedAt, { dateStyle: "medium", timeStyle: "short" });
  if (why === "restored") return t("restored", { at });
  return byName === null ? t("by_command", { at }) : t("by_person", { at, name: byName });
}
