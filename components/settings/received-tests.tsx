import { IconCircleCheck } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import styles from "./settings.module.css";

type Props = { count: number; tests: { key: string; field: string; at: Date }[] };

/** Whether Meta's own tests reach this address. */
export function ReceivedTests({ count, tests }: Props) {
  const t = useTranslations("settings.tests");
  const format = useFormatter();
  if (tests.length === 0) return <p className={styles.none}>{t("none")}</p>;
  return (
    <>
      <p className={styles.text}>{t("count", { count })}</p>
      <ul className={styles.list}>
        {tests.map(({ key, field, at }) => (
          <li key={key} className={styles.item}>
            <strong>
              <bdi>{field}</bdi>
            </strong>
            <span className={styles.state} data-good>
              <IconCircleCheck size={16} aria-hidden />{" "}
              {t("received", { time: format.dateTime(at, { dateStyle: "medium", timeStyle: "medium" }) })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
