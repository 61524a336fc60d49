"use client";

import { Button, NativeSelect, Progress, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useState, useTransition } from "react";
import type { ReplayLine } from "#lib/inbound/replay.ts";
import styles from "./replay.module.css";
import type { ReplayActions, ReplayAnswer } from "./replay-actions.ts";
import { ReplayForm, ReplayWords } from "./replay-form.tsx";
import settings from "./settings.module.css";

type Actions = Pick<ReplayActions, "readRangeAgain" | "endReplay">;
const LOOK_AGAIN_MS = 2_000;

/** Has days, or everything, read and applied once more; one such replay at a time, to be watched and stopped. */
export function ReplayPanel({
  lines,
  today,
  actions,
}: {
  lines: readonly ReplayLine[];
  today: string;
  actions: Actions;
}) {
  const t = useTranslations("ledger.replay");
  const running = lines.find(({ isRunning }) => isRunning);
  return (
    <section aria-labelledby="replay">
      <h2 id="replay">{t("title")}</h2>
      <p className={settings.text}>{t("text")}</p>
      {running === undefined ? (
        <RangeForm today={today} actions={actions} />
      ) : (
        <Running line={running} actions={actions} />
      )}
      <h3 className={styles.heading}>{t("list")}</h3>
      <Latest lines={lines.filter(({ isRunning }) => !isRunning)} />
    </section>
  );
}

function RangeForm({ today, actions }: { today: string; actions: Actions }) {
  const t = useTranslations("ledger.replay");
  const [isAll, setAll] = useState(false);
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState(today);
  const problem = !isAll && from > until ? t("wrongRange") : null;
  return (
    <ReplayForm
      label={t("start")}
      problem={problem}
      ask={(why) => actions.readRangeAgain({ from: isAll ? null : from, until: isAll ? null : until, why })}
    >
      <NativeSelect
        label={t("what")}
        value={isAll ? "all" : "range"}
        data={[
          { value: "range", label: t("range") },
          { value: "all", label: t("everything") },
        ]}
        onChange={(event) => setAll(event.currentTarget.value === "all")}
      />
      {!isAll && (
        <>
          <TextInput
            type="date"
            label={t("from")}
            value={from}
            max={today}
            required
            withAsterisk={false}
            error={problem}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t("until")}
            value={until}
            max={today}
            required
            withAsterisk={false}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        </>
      )}
    </ReplayForm>
  );
}

function Running({ line, actions }: { line: ReplayLine; actions: Actions }) {
  const t = useTranslations("ledger.replay");
  const router = useRouter();
  const [isBusy, start] = useTransition();
  const [answer, setAnswer] = useState<ReplayAnswer | null>(null);
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [router]);
  const { total, done, spoiled } = line;
  return (
    <div className={styles.running}>
      <p className={styles.line}>
        <strong>{t("running")}</strong>{" "}
        <span className="numbers">{t("progress", { waiting: total - done - spoiled, total })}</span>
      </p>
      <Progress
        value={((done + spoiled) / Math.max(1, total)) * 100}
        aria-label={t("running")}
        transitionDuration={0}
      />
      {spoiled > 0 && <p className={styles.line}>{t("spoiled", { count: spoiled })}</p>}
      <p className={styles.line}>
        <bdi>{line.why}</bdi>
      </p>
      <div className={styles.actions}>
        <Button
          variant="default"
          disabled={isBusy}
          onClick={() => start(async () => setAnswer(await actions.endReplay(line.id)))}
        >
          {t("stop")}
        </Button>
        <ReplayWords answer={answer} />
      </div>
    </div>
  );
}

function Latest({ lines }: { lines: readonly ReplayLine[] }) {
  const t = useTranslations("ledger.replay");
  const format = useFormatter();
  if (lines.length === 0) return <p className={settings.none}>{t("none")}</p>;
  const time = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeStyle: "short" });
  const spanOf = ({ kind, fromAt, untilAt }: ReplayLine) => {
    if (kind === "event") return t("kindEvent");
    if (kind === "delivery") return t("kindDelivery");
    return fromAt === null
      ? t("kindAll", { until: time(untilAt) })
      : t("kindRange", { from: time(fromAt), until: time(untilAt) });
  };
  return (
    <ul className={settings.list}>
      {lines.map((line) => (
        <li key={line.id} className={settings.item}>
          <time dateTime={line.askedAt.toISOString()}>{time(line.askedAt)}</time>
          <strong>{spanOf(line)}</strong>
          <span className={styles.reason}>
            <bdi>{line.why}</bdi>
            {line.by !== null && (
              <>
                {" "}
                · <bdi>{line.by}</bdi>
              </>
            )}
          </span>
          <span className={settings.state}>
            {t(line.isStopped ? "stopped" : "ended", { count: line.done })}
            {line.spoiled > 0 && ` · ${t("spoiled", { count: line.spoiled })}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
