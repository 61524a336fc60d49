"use client";

import { ActionIcon, Anchor, Badge, Button, Tooltip } from "@mantine/core";
import {
  IconArrowLeft,
  IconCheck,
  IconChevronDown,
  IconChevronUp,
  IconHandGrab,
  IconInfoCircle,
  IconPhone,
  IconRotate,
} from "@tabler/icons-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { StatusMark } from "#components/inbox/status-mark.tsx";
import type { ListPlace } from "#components/live/list-place.ts";
import type { Contact } from "#components/thread/contact.ts";
import type { LeadPage } from "#lib/leads/lead-page.ts";
import styles from "./lead.module.css";
import type { LeadWork } from "./use-lead-work.ts";

type Props = {
  lead: LeadPage;
  name: string;
  work: LeadWork;
  phone: Contact | null;
  place: ListPlace;
  onDone: () => void;
  isFactsOpen: boolean;
  onFacts: () => void;
  children: ReactNode;
};

/** Who this is, how the questions ended, and the few things done most. */
export function LeadHeader({ lead, name, work, phone, place, onDone, isFactsOpen, onFacts, children }: Props) {
  const t = useTranslations();
  const { assignee, doneAt } = work.shown;
  return (
    <header className={styles.header}>
      <div className={styles.who}>
        <ActionIcon
          component={Link}
          href={place.back}
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t("lead.back")}
        >
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        {lead.person.pictureHref !== null && (
          // biome-ignore lint/performance/noImgElement: the optimizer is off, people's pictures are not cached.
          <img className={styles.picture} src={lead.person.pictureHref} alt="" width={30} height={30} />
        )}
        <h1 className={styles.name} title={name}>
          <bdi>{name}</bdi>
        </h1>
        {lead.isTest && (
          <Tooltip label={t("lead.testWhy")}>
            <Badge size="sm" variant="outline" color="gray">
              {t("common.lead.test")}
            </Badge>
          </Tooltip>
        )}
        <Steps place={place} />
      </div>
      <div className={styles.status}>
        <StatusMark status={lead.status} reason={lead.reason} />
        <span className={styles.why}>
          <StatusWhy lead={lead} />
        </span>
      </div>
      <div className={styles.work}>{children}</div>
      <div className={styles.acts}>
        {assignee === null && (
          <Tooltip label={t("lead.claim.hint")}>
            <Button leftSection={<IconHandGrab size={16} aria-hidden />} onClick={work.claim}>
              {t("lead.claim.do")}
            </Button>
          </Tooltip>
        )}
        {phone !== null && (
          <Tooltip label={t("lead.call.hint", { number: phone.text })}>
            <Anchor className={styles.call} href={phone.href} underline="never">
              <IconPhone size={16} aria-hidden /> {t("lead.call.do")}
            </Anchor>
          </Tooltip>
        )}
        <Tooltip label={t(doneAt === null ? "lead.done.hint" : "lead.done.undoHint")}>
          <Button
            variant="default"
            leftSection={doneAt === null ? <IconCheck size={16} aria-hidden /> : <IconRotate size={16} aria-hidden />}
            onClick={onDone}
          >
            {t(doneAt === null ? "lead.done.do" : "lead.done.undo")}
          </Button>
        </Tooltip>
        <Button
          className={styles.factsToggle}
          variant="default"
          aria-expanded={isFactsOpen}
          leftSection={<IconInfoCircle size={16} aria-hidden />}
          onClick={onFacts}
        >
          {t(isFactsOpen ? "lead.panes.hideFacts" : "lead.panes.showFacts")}
        </Button>
      </div>
    </header>
  );
}

function StatusWhy({ lead }: { lead: LeadPage }) {
  const t = useTranslations();
  if (lead.status === "incomplete") return t(`common.reason-hint.${lead.reason ?? "unknown"}`);
  return lead.source === "instant_form" ? t("instant-form.why") : t(`lead.why.${lead.status}`);
}

/** Through the list one came from, without going back to it. */
function Steps({ place }: { place: ListPlace }) {
  const t = useTranslations("lead");
  if (place.index < 0) return null;
  return (
    <span className={styles.steps}>
      <span className="numbers">
        {place.total === null
          ? t("positionOfMany", { index: place.index + 1 })
          : t("position", { index: place.index + 1, count: place.total })}
      </span>
      <Step href={place.previous} label={t("previous")} icon={<IconChevronUp size={16} aria-hidden />} />
      <Step href={place.next} label={t("next")} icon={<IconChevronDown size={16} aria-hidden />} />
    </span>
  );
}

function Step({ href, label, icon }: { href: string | null; label: string; icon: ReactNode }) {
  if (href === null) {
    return (
      <ActionIcon className={styles.noStep} variant="subtle" color="gray" size={26} disabled aria-label={label}>
        {icon}
      </ActionIcon>
    );
  }
  return (
    <ActionIcon component={Link} href={href} variant="subtle" color="gray" size={26} aria-label={label}>
      {icon}
    </ActionIcon>
  );
}
