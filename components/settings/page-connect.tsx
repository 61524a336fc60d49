"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { IconBrandFacebook } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import styles from "./page.module.css";
import { Answer } from "./page-action-bar.tsx";
import type { PageActions } from "./page-answers.ts";
import { goToLogin, usePageTask } from "./use-page-task.ts";

const EMPTY = { id: "", name: "", token: "" };

/** The two ways to connect a page: Meta's login, and a token made elsewhere. */
export function PageConnect({ actions }: { actions: PageActions }) {
  const t = useTranslations("pages.connect");
  const task = usePageTask();
  return (
    <section className={styles.card} aria-labelledby="connect">
      <h2 id="connect">{t("title")}</h2>
      <p className={styles.dim}>{t("loginHint")}</p>
      <div className={styles.actions}>
        <Button
          leftSection={<IconBrandFacebook size={16} aria-hidden />}
          disabled={task.isBusy}
          onClick={() => task.run(() => goToLogin(actions))}
        >
          {t("login")}
        </Button>
        <Answer task={task} />
      </div>
      <details className={styles.more}>
        <summary>{t("token")}</summary>
        <TokenForm actions={actions} />
      </details>
    </section>
  );
}

function TokenForm({ actions }: { actions: PageActions }) {
  const t = useTranslations("pages.connect");
  const task = usePageTask();
  const [page, setPage] = useState(EMPTY);
  const connect = (event: React.FormEvent) => {
    event.preventDefault();
    task.run(async () => {
      const answer = await actions.connectToken(page);
      if (answer === "connected") setPage(EMPTY);
      return answer;
    });
  };
  return (
    <form className={styles.form} onSubmit={connect}>
      <p className={styles.dim}>{t("tokenHint")}</p>
      <TextInput
        label={t("id")}
        description={t("idHint")}
        inputMode="numeric"
        pattern="\d+"
        required
        value={page.id}
        onChange={(event) => setPage({ ...page, id: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={t("name")}
        required
        maxLength={200}
        value={page.name}
        onChange={(event) => setPage({ ...page, name: event.currentTarget.value })}
      />
      <PasswordInput
        label={t("tokenField")}
        autoComplete="off"
        required
        value={page.token}
        onChange={(event) => setPage({ ...page, token: event.currentTarget.value })}
      />
      <div className={styles.actions}>
        <Button type="submit" disabled={task.isBusy}>
          {t("submit")}
        </Button>
        <Answer task={task} />
      </div>
    </form>
  );
}
