import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { shortId } from "#components/inbox/lead-words.ts";
import type { HeldReply } from "#lib/leads/find-held-replies.ts";
import styles from "./settings.module.css";

/** Replies from before a restore, each with the way to its thread. */
export function HeldReplies({ replies }: { replies: readonly HeldReply[] }) {
  const t = useTranslations("sending.pause");
  const common = useTranslations("common.lead");
  const format = useFormatter();
  return (
    <section aria-labelledby="held">
      <h2 id="held">{t("heldTitle")}</h2>
      <p className={styles.text}>{t("heldText")}</p>
      {replies.length === 0 && <p className={styles.none}>{t("heldNone")}</p>}
      {replies.length > 0 && (
        <ul className={styles.list}>
          {replies.map(({ id, ref, psid, name, at }) => (
            <li key={id} className={styles.item}>
              <Link href={`/leads/${ref}`}>
                <bdi>{name ?? common("person", { id: shortId({ id, name, psid }) })}</bdi>
              </Link>
              <span>{t("heldLine", { at: format.dateTime(at, { dateStyle: "medium", timeStyle: "short" }) })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
