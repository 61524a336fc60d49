import { IconBulb, IconCircleCheck, IconCircleDashed, IconCircleX } from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { SafeText } from "#components/thread/safe-text.tsx";
import { inSentence } from "#components/thread/text-parts.ts";
import type { AdDetails } from "#lib/ads/ad-details.ts";
import type { Guess } from "#lib/ads/template-guess.ts";
import styles from "./ad-list.module.css";
import { AutoReply, type SaveAutoReply } from "./auto-reply.tsx";

const ICONS = { on: IconCircleCheck, off: IconCircleX, unknown: IconCircleDashed };

/** The ads of one page: what they brought, how they seem to be set up, and what should be changed. */
export function AdList({ ads, saveAutoReply }: { ads: readonly AdDetails[]; saveAutoReply: SaveAutoReply | null }) {
  const t = useTranslations("ads");
  if (ads.length === 0) return <p className={styles.none}>{t("none")}</p>;
  return (
    <ul className={styles.list}>
      {ads.map((ad) => (
        <li key={ad.adId}>
          <Ad ad={ad} saveAutoReply={saveAutoReply} />
        </li>
      ))}
    </ul>
  );
}

function Ad({ ad, saveAutoReply }: { ad: AdDetails; saveAutoReply: SaveAutoReply | null }) {
  const t = useTranslations("ads");
  const names = [
    { word: t("campaign"), name: ad.campaignName },
    { word: t("adset"), name: ad.adsetName },
    { word: t("adName"), name: ad.name },
  ];
  return (
    <article className={styles.ad}>
      <h3>{ad.title === null ? t("untitled") : <SafeText text={ad.title} />}</h3>
      <p className={styles.dim}>
        <span className="numbers">{t("id", { id: ad.adId })}</span> ·{" "}
        {t("leads", { count: ad.leads, complete: ad.complete })} ·{" "}
        <Link href={`/leads?${new URLSearchParams({ ad: ad.adId })}`}>{t("open")}</Link>
      </p>
      {names.some(({ name }) => name !== null) && (
        <dl className={styles.names}>
          {names.map(({ word, name }) =>
            name === null ? null : (
              <div key={word}>
                <dt>{word}</dt>
                <dd>
                  <SafeText text={name} />
                </dd>
              </div>
            ),
          )}
        </dl>
      )}
      <h4>{t("template")}</h4>
      <ul className={styles.guesses}>
        {ad.guesses.map((guess) => (
          <GuessLine key={guess.setting} guess={guess} />
        ))}
      </ul>
      {ad.stopWords.length > 0 && (
        <p className={styles.dim}>{t("words", { words: ad.stopWords.map(inSentence).join(", ") })}</p>
      )}
      {ad.advice.map((word) => (
        <p key={word} className={styles.advice}>
          <IconBulb size={18} stroke={1.7} aria-hidden /> {t(`advice.${word}`)}
        </p>
      ))}
      <AutoReply ad={ad} save={saveAutoReply} />
    </article>
  );
}

function GuessLine({ guess: { setting, value, from } }: { guess: Guess }) {
  const t = useTranslations("ads");
  const Icon = ICONS[value];
  return (
    <li data-value={value}>
      <Icon size={16} stroke={1.8} aria-hidden />
      <span>
        {t(`setting.${setting}`)}: <strong>{t(`guess.${value}`)}</strong>
        {value !== "unknown" && <span className={styles.dim}> ({t("from", { count: from })})</span>}
      </span>
    </li>
  );
}
