"use client";

import { Button, Group, Popover, Stack, TextInput } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTimeZone, useTranslations } from "next-intl";
import { useClock } from "#components/ui/clock.tsx";
import type { LeadFilter } from "#lib/leads/lead-filter.ts";
import { dayIn } from "./days.ts";
import type { ChangeFilter } from "./inbox-props.ts";

const presets = [
  { word: "today", days: 1 },
  { word: "week", days: 7 },
  { word: "month", days: 30 },
] as const;

/** When the lead came: whole days in the viewer's zone. */
export function TimeMenu({ filter, change }: { filter: LeadFilter; change: ChangeFilter }) {
  const t = useTranslations("inbox.time");
  const zone = useTimeZone() ?? "UTC";
  const now = useClock();
  const isSet = filter.from !== null || filter.to !== null;

  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={isSet ? "light" : "default"}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          flex="none"
        >
          {t("label")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Group gap="xs">
            {presets.map(({ word, days }) => (
              <Button
                key={word}
                variant="default"
                size="compact-sm"
                onClick={() => change({ from: dayIn(zone, now, 1 - days), to: null })}
              >
                {t(word)}
              </Button>
            ))}
          </Group>
          <Group gap="sm" wrap="nowrap">
            <DayInput label={t("from")} value={filter.from} onChange={(from) => change({ from })} />
            <DayInput label={t("to")} value={filter.to} onChange={(to) => change({ to })} />
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function DayInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
}) {
  return (
    <TextInput
      type="date"
      size="xs"
      label={label}
      value={value?.slice(0, 10) ?? ""}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  );
}
