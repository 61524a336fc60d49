import { useFormatter, useTranslations } from "next-intl";
import type { OddEventGroup } from "#lib/inbound/find-odd-events.ts";
import styles from "./settings.module.css";

/** What is known about a kind that is not understood; most say enough by their name and what they hold. */
function hintOf(kind: string): "user_ref" | "lead_change" | "object" | "shape" | null {
  if (kind.endsWith("_user_ref")) return "user_ref";
  if (kind === "leadgen_update" || kind === "leadgen_fat") return "lead_change";
  if (kind === "object") return "object";
  return ["entry", "item", "change", "messaging", "standby", "changes"].includes(kind) ? "shape" : null;
}

/** Events by kind, each readable as Meta sent it. Native disclosure: it works before any script does. */
export function OddEvents({ groups, none }: { groups: OddEventGroup[]; none: string }) {
  const t = useTranslations("settings");
  const format = useFormatter();
  if (groups.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <ul className={styles.list}>
      {groups
        .map((group) => ({ group, hint: group.state === "ignored" ? hintOf(group.kind) : null }))
        .map(({ group, hint }) => (
          <li key={`${group.kind} ${group.events[0]?.reason}`}>
            <details className={styles.group}>
              <summary>
                <strong>{group.kind}</strong> <span className="numbers">{t("count", { count: group.count })}</span>
              </summary>
              {hint !== null && <p className={styles.text}>{t(`odd.${hint}`)}</p>}
              {group.count > group.events.length && (
                <p className={styles.text}>{t("newest", { count: group.events.length })}</p>
              )}
              {group.events.map((event) => (
                <details key={`${event.pageId} ${event.key}`} className={styles.event}>
                  <summary>
                    <time dateTime={event.receivedAt.toISOString()}>
                      {format.dateTime(event.receivedAt, { dateStyle: "medium", timeStyle: "medium" })}
                    </time>
                    {event.reason !== null && <span className={styles.reason}>{event.reason}</span>}
                  </summary>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too */}
                  <pre className={styles.json} dir="ltr" tabIndex={0}>
                    {event.json}
                  </pre>
                </details>
              ))}
            </details>
          </li>
        ))}
    </ul>
  );
}
