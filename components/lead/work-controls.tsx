"use client";

import { Button, Group, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { type Stage, stages } from "#lib/leads/lead.ts";
import styles from "./lead.module.css";
import type { AgentChoice } from "./lead-actions.ts";
import type { LeadWork } from "./use-lead-work.ts";

type Props = { work: LeadWork; agents: readonly AgentChoice[]; me: AgentChoice };

/** Who answers, and how far the sale is. */
export function WorkControls({ work, agents, me }: Props) {
  const t = useTranslations();
  const id = useId();
  const [isLosing, setLosing] = useState(false);
  const { assignee, stage } = work.shown;
  // Whoever has the lead stays on the list, also after leaving the team.
  const choices = assignee === null || agents.some(({ id }) => id === assignee.id) ? agents : [...agents, assignee];
  const change = (next: Stage) => (next === "lost" ? setLosing(true) : work.changeStage(next));
  return (
    <div className={styles.controls}>
      <div className={styles.field}>
        <label htmlFor={`${id}-assignee`}>{t("lead.assignee.label")}</label>
        <NativeSelect
          id={`${id}-assignee`}
          size="xs"
          value={assignee?.id ?? ""}
          onChange={({ currentTarget: { value } }) => work.assign(value === "" ? null : value)}
          data={[
            { value: "", label: t("lead.assignee.none") },
            ...choices.map(({ id, name }) => ({
              value: id,
              label: id === me.id ? t("lead.assignee.me", { name }) : name,
            })),
          ]}
        />
      </div>
      <div className={styles.field}>
        <label htmlFor={`${id}-stage`}>{t("lead.stage.label")}</label>
        <NativeSelect
          id={`${id}-stage`}
          size="xs"
          data-key="stage"
          value={stage}
          onChange={({ currentTarget: { value } }) => {
            const next = stages.find((known) => known === value);
            if (next !== undefined) change(next);
          }}
          data={stages.map((value) => ({ value, label: t(`common.stage.${value}`) }))}
        />
      </div>
      <LostReason
        isOpen={isLosing}
        onClose={() => setLosing(false)}
        onLost={(reason) => {
          setLosing(false);
          work.changeStage("lost", reason === "" ? undefined : reason);
        }}
      />
    </div>
  );
}

function LostReason({
  isOpen,
  onClose,
  onLost,
}: {
  isOpen: boolean;
  onClose: () => void;
  onLost: (reason: string) => void;
}) {
  const t = useTranslations("lead.stage");
  const common = useTranslations("common");
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("lostTitle")}
      size="sm"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form action={(form) => onLost(String(form.get("reason") ?? "").trim())}>
        <TextInput name="reason" label={t("lostReason")} maxLength={200} data-autofocus />
        <Group justify="flex-end" mt="md" gap="sm">
          <Button variant="subtle" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit">{t("lostSave")}</Button>
        </Group>
      </form>
    </Modal>
  );
}
