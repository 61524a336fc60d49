"use client";

import { Kbd, Modal, Switch } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { LETTERS_KEY, useKeys } from "#components/ui/use-keys.ts";
import styles from "./keys-dialog.module.css";

const rows = [
  { keys: [["j"]], word: "next" },
  { keys: [["k"]], word: "previous" },
  { keys: [["Enter"], ["o"]], word: "open" },
  { keys: [["i"]], word: "claim" },
  { keys: [["/"]], word: "search" },
  { keys: [["u"], ["Esc"]], word: "back" },
  { keys: [["r"]], word: "reply" },
  { keys: [["n"]], word: "note" },
  { keys: [["mod-enter"]], word: "send" },
  { keys: [["s"]], word: "stage" },
  { keys: [["t"]], word: "control" },
  { keys: [["e"]], word: "done" },
  { keys: [["g", "l"]], word: "leads" },
  { keys: [["g", "s"]], word: "settings" },
  { keys: [["?"]], word: "help" },
] as const;

/** What the keys do, and the switch for people whose software types letters by itself. */
export function KeysDialog({ isOpen, onToggle }: { isOpen: boolean; onToggle: (isOpen: boolean) => void }) {
  const t = useTranslations("common");
  const router = useRouter();
  const [letters, setLetters] = useLocalStorage<"on" | "off">({
    key: LETTERS_KEY,
    defaultValue: "on",
    serialize: (value) => value,
    deserialize: (value) => (value === "off" ? "off" : "on"),
  });
  useKeys({
    "?": () => onToggle(!isOpen),
    "g l": () => router.push("/leads"),
    "g s": () => router.push("/settings"),
  });

  return (
    <Modal opened={isOpen} onClose={() => onToggle(false)} title={t("keys.title")}>
      <dl className={styles.keys}>
        {rows.map(({ keys, word }) => (
          <div key={word} className={styles.row}>
            <dt>{t(`keys.${word}`)}</dt>
            <dd>
              {keys.map((sequence, at) => (
                <Fragment key={sequence.join(" ")}>
                  {at > 0 && <span>{t("keys.or")}</span>}
                  {sequence.map((key, place) => (
                    <Fragment key={key}>
                      {place > 0 && <span>{t("keys.then")}</span>}
                      <Kbd>{key === "mod-enter" ? t("keys.mod-enter") : key}</Kbd>
                    </Fragment>
                  ))}
                </Fragment>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <Switch
        mt="md"
        label={t("keys.letters")}
        description={t("keys.letters-hint")}
        checked={letters === "on"}
        onChange={(event) => setLetters(event.currentTarget.checked ? "on" : "off")}
      />
    </Modal>
  );
}
