"use client";

import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";

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
    <Menu position="bottom-start" width={280} onClose={() => setWanted("")}>
      <Menu.Target>
        <Button
          variant={values.length > 0 ? "light" : "default"}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          flex="none"
        >
          {values.length === 0 ? label : `${label} · ${values.length}`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {choices.length > GLANCE && (
          <Menu.Search
            aria-label={t("find-in", { label })}
            placeholder={t("find")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        )}
        <Menu.CheckboxGroup value={[...values]} onChange={onChange}>
          {shown.map((choice) => (
            <Menu.CheckboxItem key={choice.value} value={choice.value}>
              <bdi>{choice.label}</bdi>
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
        {shown.length === 0 && <Menu.Label>{t("nothing-to-choose")}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
