import { useTranslations } from "next-intl";
import { SafeText } from "#components/thread/safe-text.tsx";
import { type Finding, findingsOf, openQuestions } from "#lib/ads/open-question.ts";
import styles from "./ad-list.module.css";

/** What Meta's documentation leaves open, and what this page's traffic says about it. */
export function OpenQuestions({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslations("ads.questions");
  return (
    <details className={styles.questions}>
      <summary>{t("title")}</summary>
      <p className={styles.dim}>{t("text")}</p>
      <dl>
        {openQuestions.map((question) => (
          <div key={question}>
            <dt>{t(question)}</dt>
            <dd>
              <Ways findings={findingsOf(question, findings)} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Ways({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslations("ads");
  if (findings.length === 0) return <span className={styles.dim}>{t("questions.nothing")}</span>;
  return findings.map(({ way, count }, index) => (
    <span key={way}>
      {index > 0 && " · "}
      {isWord(way) ? t(`way.${way}`) : <SafeText text={way} />} <span className="numbers">× {count}</span>
    </span>
  ));
}

/** Ways have words; what Meta wrote itself is shown as it is. */
const WORDS = [
  "beforeHandover",
  "afterHandover",
  "withHandover",
  "beforeSummary",
  "afterSummary",
  "withSummary",
  "seconds",
  "milliseconds",
  "same",
  "different",
  "messaging",
  "standby",
  "yes",
  "no",
  "itemObject",
  "itemList",
  "entryObject",
  "entryList",
  "none",
  "told",
  "refused",
] as const;

function isWord(way: string): way is (typeof WORDS)[number] {
  return WORDS.some((word) => word === way);
}
