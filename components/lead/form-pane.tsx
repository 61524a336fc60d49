"use client";

import { Anchor } from "@mantine/core";
import { IconForms, IconMail, IconPhone } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, type Ref, useImperativeHandle, useRef, useState } from "react";
import composerStyles from "#components/thread/composer.module.css";
import type { ComposerHandle } from "#components/thread/composer.tsx";
import type { Contact } from "#components/thread/contact.ts";
import { NoteEditor } from "#components/thread/note-editor.tsx";
import { SafeText } from "#components/thread/safe-text.tsx";
import type { InstantFormFacts, LeadPage } from "#lib/leads/lead-page.ts";
import { AdCard } from "./ad-card.tsx";
import styles from "./form-pane.module.css";
import type { LeadTalk } from "./use-lead-talk.ts";

type Props = {
  lead: LeadPage;
  name: string;
  contacts: readonly Contact[];
  talk: LeadTalk;
  composer: Ref<ComposerHandle>;
};

/** Stands where the thread would: a form knows nobody to write to, but often a number to call. */
export function FormPane({ lead, name, contacts, talk, composer }: Props) {
  const t = useTranslations("instant-form");
  const [note, setNote] = useState("");
  const editor = useRef<HTMLTextAreaElement>(null);
  // A form offers no reply, so both keys lead to the note.
  useImperativeHandle(composer, () => ({ write: () => editor.current?.focus() }));
  const save = async () => {
    if (note.trim() !== "" && (await talk.writeNote(note))) setNote("");
  };
  return (
    <section className={styles.pane} aria-label={t("title")}>
      <div className={styles.body}>
        <h2>
          <IconForms size={18} stroke={1.7} aria-hidden /> {t("title")}
        </h2>
        <p>{t("lead", { name })}</p>
        <AdCard ad={lead.adCard} name={name} />
        {lead.form !== null && <FormState form={lead.form} />}
        <h3>{t("reach")}</h3>
        {contacts.length === 0 && <p className={styles.dim}>{t("nothing")}</p>}
        <div className={styles.ways}>
          {contacts.map((contact) => (
            <Anchor key={contact.href} href={contact.href} className={styles.way}>
              {contact.kind === "phone" ? <IconPhone size={16} aria-hidden /> : <IconMail size={16} aria-hidden />}
              {contact.kind === "phone" ? t("call", { number: contact.text }) : t("mail", { address: contact.text })}
            </Anchor>
          ))}
        </div>
        {lead.form !== null && <FormFacts form={lead.form} />}
      </div>
      <section className={composerStyles.composer} data-mode="note" aria-label={t("noteTitle")}>
        <NoteEditor ref={editor} text={note} onText={setNote} onSave={() => void save()} name={name} />
      </section>
    </section>
  );
}

/** Only while there is something to say: fetched answers stand among the facts. */
function FormState({ form }: { form: InstantFormFacts }) {
  const t = useTranslations("instant-form.state");
  if (form.state === "fetched") return null;
  return (
    <p role="status" className={styles.state}>
      {t(form.state)}
    </p>
  );
}

function FormFacts({ form }: { form: InstantFormFacts }) {
  const t = useTranslations("instant-form");
  return (
    <dl className={styles.facts}>
      {form.formId !== null && (
        <Fact word={t("form")}>
          {form.formName === null ? t("formId", { id: form.formId }) : <SafeText text={form.formName} />}
        </Fact>
      )}
      {form.platform !== null && <Fact word={t("platform")}>{t(platformWord(form.platform))}</Fact>}
      {form.isOrganic !== null && <Fact word={t("origin")}>{t(form.isOrganic ? "organic" : "fromAd")}</Fact>}
      {form.consents.map(({ key, isChecked }) => (
        <Fact key={key} word={t("consent")}>
          <SafeText text={key} />: {t(isChecked ? "agreed" : "declined")}
        </Fact>
      ))}
    </dl>
  );
}

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function platformWord(platform: string): "fb" | "ig" | "elsewhere" {
  return platform === "fb" || platform === "ig" ? platform : "elsewhere";
}
