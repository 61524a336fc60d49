"use client";

import { Button, Group, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { PageDetails } from "#lib/pages/page-details.ts";
import { type PageNotice, repairOf } from "#lib/pages/page-notice.ts";
import styles from "./page.module.css";
import type { PageActions } from "./page-answers.ts";
import { goToLogin, type usePageTask } from "./use-page-task.ts";

type Task = ReturnType<typeof usePageTask>;
type Props = { page: PageDetails; actions: PageActions; task: Task };

/** The one step that repairs this trouble; none where only waiting helps. */
export function RepairButton({ page, notice, actions, task }: Props & { notice: PageNotice }) {
  const t = useTranslations("pages.action");
  const repair = repairOf(notice);
  if (repair === "none") return null;
  const act = repair === "reconnect" ? () => goToLogin(actions) : () => actions.checkNow(page.id);
  return (
    <Button disabled={task.isBusy} onClick={() => task.run(act)}>
      {t(repair)}
    </Button>
  );
}

/** What may be done with a page whatever its state, and how the last of it went. */
export function PageActionBar({ page, actions, task }: Props) {
  const t = useTranslations("pages");
  const [isAsking, setAsking] = useState(false);
  if (page.connectedAt === null) return <Answer task={task} />;
  const confirm = () => {
    setAsking(false);
    task.run(() => actions.disconnect(page.id));
  };
  return (
    <div className={styles.actions}>
      <Button variant="default" disabled={task.isBusy} onClick={() => task.run(() => actions.checkNow(page.id))}>
        {t("action.check")}
      </Button>
      <Button variant="default" disabled={task.isBusy} onClick={() => setAsking(true)}>
        {t("disconnect.button")}
      </Button>
      <Answer task={task} />
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={t("disconnect.title", { name: page.name })}>
        <p>{t("disconnect.text")}</p>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t("disconnect.cancel")}
          </Button>
          <Button color="red.9" onClick={confirm}>
            {t("disconnect.confirm")}
          </Button>
        </Group>
      </Modal>
    </div>
  );
}

export function Answer({ task }: { task: Pick<Task, "isBusy" | "answer"> }) {
  const t = useTranslations("pages");
  return (
    <span className={styles.answer} role="status">
      {task.isBusy ? t("action.working") : task.answer !== null && t(`answer.${task.answer}`)}
    </span>
  );
}
