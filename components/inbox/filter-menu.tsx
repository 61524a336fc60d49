"use client";

import { Button, Checkbox, Popover, Text, TextInput } from "@mantine/core";
import { IconChevronDown, IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import styles from "./filter-menu.module.css";

export type Choice = { value: string; label: string };

/** A search field appears when there is more to choose from than one sees at a glance. */
const GLANCE = 8;

type Props = { label: string; choices: Choice[]; values: readonly string[]; onChange: (values: string[]) => void };

/** One filter word as a button with a list of boxes to tick. */
export function FilterMenu({ label, choices, values, onChange }: Props) {
  const t = useTranslations("inbox");
  const [wanted, setWanted] = useState("");
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(wanted.trim().toLowerCase()));

  return (
    <Popover position="bottom-start" width={280} trapFocus returnFocus onClose={() => setWanted("")}>
      <Popover.Target>
        <Button
          variant={values.length > 0 ? "light" : "default"}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          flex="none"
        >
          {values.length === 0 ? label : `${label} · ${values.length}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.list} aria-label={label}>
        {choices.length > GLANCE && (
          <TextInput
            size="xs"
            className={styles.find}
            aria-label={t("find-in", { label })}
            placeholder={t("find")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )}
        <Checkbox.Group value={[...values]} onChange={onChange} aria-label={label}>
          {shown.map((choice) => (
            <Checkbox
              key={choice.value}
              size="xs"
              className={styles.choice}
              classNames={{ body: styles.body, labelWrapper: styles.wrapper, label: styles.label }}
              value={choice.value}
              label={<bdi>{choice.label}</bdi>}
            />
          ))}
        </Checkbox.Group>
        {shown.length === 0 && (
          <Text size="sm" c="dimmed" p="xs">
            {t("nothing-to-choose")}
          </Text>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
