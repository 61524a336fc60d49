"use client";

import { Button, Switch, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PageDetails } from "#lib/pages/page-details.ts";
import styles from "./page.module.css";
import { Answer } from "./page-action-bar.tsx";
import type { PageActions } from "./page-answers.ts";
import { usePageTask } from "./use-page-task.ts";

/** How we work with a page; kept by one press. */
export function PageSettingsForm({ page, actions }: { page: PageDetails; actions: PageActions }) {
  const t = useTranslations("pages.form");
  const task = usePageTask();
  const [settings, setSettings] = useState(page.settings);
  const isCountry = /^[A-Z]{2}$/.test(settings.defaultCountry);
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    if (!isCountry) return;
    const disclosure = settings.disclosure?.trim() || null;
    task.run(() => actions.saveSettings({ pageId: page.id, ...settings, disclosure }));
  };
  return (
    <form className={styles.form} onSubmit={save}>
      <TextInput
        label={t("country")}
        description={t("countryHint")}
        error={isCountry ? null : t("countryWrong")}
        maxLength={2}
        value={settings.defaultCountry}
        onChange={(event) => setSettings({ ...settings, defaultCountry: event.currentTarget.value.toUpperCase() })}
      />
      <Switch
        label={t("human")}
        description={t("humanHint")}
        checked={settings.hasHumanAgent}
        onChange={(event) => setSettings({ ...settings, hasHumanAgent: event.currentTarget.checked })}
      />
      {page.platform === "messenger" && (
        <Switch
          label={t("personas")}
          description={t("personasHint")}
          checked={settings.usesPersonas}
          onChange={(event) => setSettings({ ...settings, usesPersonas: event.currentTarget.checked })}
        />
      )}
      <TextInput
        label={t("disclosure")}
        description={t("disclosureHint")}
        maxLength={500}
        value={settings.disclosure ?? ""}
        onChange={(event) => setSettings({ ...settings, disclosure: event.currentTarget.value })}
      />
      <div className={styles.actions}>
        <Button type="submit" disabled={task.isBusy || !isCountry}>
          {t("save")}
        </Button>
        <Answer task={task} />
      </div>
    </form>
  );
}
