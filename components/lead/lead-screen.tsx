"use client";

import { SegmentedControl } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { startTransition, useEffect, useRef, useState } from "react";
import { leadLabel, shortId } from "#components/inbox/lead-words.ts";
import { useListPlace } from "#components/live/list-place.ts";
import { useLive } from "#components/live/use-live.ts";
import type { ComposerHandle } from "#components/thread/composer.tsx";
import { contactsOf } from "#components/thread/contact.ts";
import type { ControlHandle } from "#components/thread/control-banner.tsx";
import { inSentence } from "#components/thread/text-parts.ts";
import { ThreadPane } from "#components/thread/thread-pane.tsx";
import { useKeys } from "#components/ui/use-keys.ts";
import { hasThread, type LeadPage } from "#lib/leads/lead-page.ts";
import { Facts } from "./facts.tsx";
import { FormPane } from "./form-pane.tsx";
import styles from "./lead.module.css";
import type { AgentChoice, LeadActions } from "./lead-actions.ts";
import { LeadHeader } from "./lead-header.tsx";
import { useLeadTalk } from "./use-lead-talk.ts";
import { useLeadWork } from "./use-lead-work.ts";

import { WorkControls } from "./work-controls.tsx";

type Props = { lead: LeadPage; me: AgentChoice; agents: AgentChoice[]; actions: LeadActions };

/** Changes come in bursts: an echo, a receipt and a lead row within one frame are one reload. */
const BREATH_MS = 50;

/** One lead: who it is, the conversation, and what is known. On a small screen one of them at a time. */
export function LeadScreen({ lead, me, agents, actions }: Props) {
  const t = useTranslations();
  const router = useRouter();
  const name = inSentence(leadLabel(lead, t("common.lead.unnamed")));
  const person = inSentence(lead.name ?? t("common.lead.person", { id: shortId(lead) }));
  const contacts = contactsOf(lead.answers, lead.country);
  const work = useLeadWork({ lead, me, agents, actions });
  const talk = useLeadTalk(lead.ref, actions);
  const place = useListPlace(lead.ref);
  const [pane, setPane] = useState<"thread" | "facts">("thread");
  const composer = useRef<ComposerHandle>(null);
  const control = useRef<ControlHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  useFreshness(lead);

  const go = (href: string | null) => href !== null && router.push(href);
  const write = (mode: "reply" | "note") => {
    setPane("thread");
    // The editor may have been hidden until this frame.
    requestAnimationFrame(() => composer.current?.write(mode));
  };
  const markDone = () => {
    const isDone = work.shown.doneAt === null;
    work.setDone(isDone);
    if (isDone) go(place.next);
  };
  useKeys({
    r: () => write("reply"),
    n: () => write("note"),
    i: () => work.shown.assignee === null && work.claim(),
    e: markDone,
    t: () => control.current?.open(),
    s: () => focusStage(root.current, () => setPane("facts")),
    j: () => go(place.next),
    k: () => go(place.previous),
    u: () => go(place.back),
    Escape: () => (pane === "facts" ? setPane("thread") : go(place.back)),
  });

  return (
    <div ref={root} className={styles.screen} data-pane={pane} data-toasts="top">
      <LeadHeader
        lead={lead}
        name={name}
        work={work}
        phone={contacts.find(({ kind }) => kind === "phone") ?? null}
        place={place}
        onDone={markDone}
        isFactsOpen={pane === "facts"}
        onFacts={() => setPane(pane === "facts" ? "thread" : "facts")}
      >
        <WorkControls work={work} agents={agents} me={me} />
      </LeadHeader>
      <SegmentedControl
        className={styles.panes}
        fullWidth
        size="xs"
        aria-label={t("lead.panes.label")}
        value={pane}
        onChange={(next) => setPane(next === "facts" ? "facts" : "thread")}
        data={[
          { value: "thread", label: t(hasThread(lead) ? "lead.panes.thread" : "instant-form.pane") },
          { value: "facts", label: t("lead.panes.facts") },
        ]}
      />
      <div className={styles.thread}>
        {hasThread(lead) ? (
          <ThreadPane
            lead={lead}
            name={person}
            me={me}
            contacts={contacts}
            actions={actions}
            talk={talk}
            composer={composer}
            control={control}
          />
        ) : (
          <FormPane lead={lead} name={person} contacts={contacts} talk={talk} composer={composer} />
        )}
      </div>
      <aside className={styles.facts} aria-label={t("lead.facts.label")}>
        <Facts lead={lead} agents={agents}>
          <WorkControls work={work} agents={agents} me={me} />
        </Facts>
      </aside>
    </div>
  );
}

/** Reloads what the server drew when this lead, or another of the same thread, changed. */
function useFreshness(lead: LeadPage): void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLive(({ refs }) => {
    const isOurs = refs === null || refs.includes(lead.ref) || lead.siblings.some(({ ref }) => refs.includes(ref));
    if (!isOurs) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => startTransition(() => router.refresh()), BREATH_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

/** The stage stands in the header or, where that is narrow, among the facts: whichever can be seen. */
function focusStage(root: HTMLElement | null, showFacts: () => void): void {
  const find = () =>
    [...(root?.querySelectorAll<HTMLElement>("[data-key=stage]") ?? [])].find((field) => field.offsetParent !== null);
  if (find() === undefined) showFacts();
  requestAnimationFrame(() => find()?.focus());
}
