"use client";

import { Button, Checkbox } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PageChoice } from "#lib/pages/page-choice.ts";
import styles from "./page.module.css";
import { Answer } from "./page-action-bar.tsx";
import type { PageActions } from "./page-answers.ts";
import { usePageTask } from "./use-page-task.ts";

/** What Meta lets this person use: they choose what this inbox works for. */
export function PageChoices({ choices, actions }: { choices: PageChoice[]; actions: PageActions }) {
  const t = useTranslations("pages.connect");
  const task = usePageTask();
  const usable = choices.filter(({ lacks }) => lacks.length === 0);
  const [chosen, setChosen] = useState(() => usable.filter(({ isConnected }) => isConnected).map(({ id }) => id));
  const toggle = (id: string, isOn: boolean) => setChosen(isOn ? [...chosen, id] : chosen.filter((one) => one !== id));
  if (choices.length === 0) return <p className={styles.dim}>{t("chooseNone")}</p>;
  return (
    <section className={styles.card} aria-labelledby="choose">
      <h2 id="choose">{t("choose")}</h2>
      <ul className={styles.choices}>
        {choices.map((choice) => (
          <li key={choice.id}>
            <Choice choice={choice} isOn={chosen.includes(choice.id)} onToggle={(isOn) => toggle(choice.id, isOn)} />
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button
          disabled={task.isBusy || chosen.length === 0}
          onClick={() => task.run(() => actions.connectChosen(chosen))}
        >
          {t("connectChosen", { count: chosen.length })}
        </Button>
        <Button component={Link} href="/settings/pages" variant="default">
          {t("cancel")}
        </Button>
        <Answer task={task} />
      </div>
    </section>
  );
}

type ChoiceProps = { choice: PageChoice; isOn: boolean; onToggle: (isOn: boolean) => void };

function Choice({ choice, isOn, onToggle }: ChoiceProps) {
  const t = useTranslations("pages");
  const [task] = choice.lacks;
  const words = [t(`platform.${choice.platform}`), choice.isConnected ? t("connect.isConnected") : null];
  return (
    <Checkbox
      label={<bdi>{choice.name}</bdi>}
      description={
        task === undefined ? words.filter((word) => word !== null).join(" · ") : t("connect.lacks", { task })
      }
      disabled={task !== undefined}
      checked={isOn}
      onChange={(event) => onToggle(event.currentTarget.checked)}
    />
  );
}
