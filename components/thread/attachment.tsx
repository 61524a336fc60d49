"use client";

import {
  IconBuildingStore,
  IconCalendarEvent,
  IconCards,
  IconExternalLink,
  IconFile,
  IconLink,
  IconMapPin,
  IconMicrophone,
  IconMovie,
  IconPhoto,
  IconPhotoCircle,
  IconSticker,
  IconTerminal2,
  IconVideo,
} from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ThreadAttachment } from "#lib/threads/thread-page.ts";
import { KeptFile } from "./kept-file.tsx";
import { SafeText } from "./safe-text.tsx";
import { safeHref } from "./text-parts.ts";
import styles from "./thread.module.css";

const icons = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconMicrophone,
  file: IconFile,
  location: IconMapPin,
  sticker: IconSticker,
  template: IconCards,
  fallback: IconLink,
  reel: IconMovie,
  post: IconPhoto,
  appointment_booking: IconCalendarEvent,
  story_mention: IconPhotoCircle,
  story_reply: IconPhotoCircle,
  command: IconTerminal2,
  product: IconBuildingStore,
  other: IconFile,
};
type Word = keyof typeof icons;

/** Instagram's names for the same things. */
const sameAs: Readonly<Record<string, Word>> = { ig_reel: "reel", ig_post: "post", share: "post" };
/** What makes no sense without an address; the others say all they have. */
const needLink: readonly Word[] = ["image", "video", "audio", "file", "story_mention"];

/**
 * Files we keep are shown from here. What is not here is named and linked, never loaded: the address leads to
 * another's host, which would learn who is looking.
 */
export function Attachment({ attachment }: { attachment: ThreadAttachment }) {
  const t = useTranslations("thread.attachment");
  const { type, title, buttons, appointment, place } = attachment;
  const word = wordOf(type);
  const Icon = icons[word];
  if (attachment.file !== undefined) return <KeptFile word={t(word)} file={attachment.file} title={title} />;
  const href = word === "location" ? mapOf(place ?? title) : attachment.url === null ? null : safeHref(attachment.url);
  const label = (
    <>
      <Icon size={16} aria-hidden /> <span>{t(word)}</span>
      {title !== null && title !== "" && <SafeText text={title} />}
      {appointment !== undefined && <Appointment {...appointment} />}
      {buttons !== undefined && buttons.length > 0 && (
        <span className={styles.dim}>{t("buttons", { buttons: buttons.join(" · ") })}</span>
      )}
    </>
  );
  if (href === null) {
    return (
      <span className={styles.attachment}>
        {label}
        {needLink.includes(word) && <span className={styles.dim}>{t(whyNot(attachment.fileState))}</span>}
      </span>
    );
  }
  return <Linked href={href} label={label} isMap={word === "location"} />;
}

function Linked({ href, label, isMap }: { href: string; label: React.ReactNode; isMap: boolean }) {
  const t = useTranslations();
  return (
    <a className={styles.attachment} href={href} target="_blank" rel="noopener noreferrer nofollow">
      {label}{" "}
      <IconExternalLink size={14} aria-label={isMap ? t("thread.attachment.map") : t("lead.message.attachmentOpen")} />
    </a>
  );
}

/** Meta lists no states of appointments; these have been seen. What else comes is shown as it came. */
const states = ["confirmed", "pending", "requested", "canceled", "cancelled", "declined"] as const;

function Appointment({ status, startsAt, endsAt }: NonNullable<ThreadAttachment["appointment"]>) {
  const t = useTranslations("thread.appointment");
  const format = useFormatter();
  const known = states.find((state) => status !== null && state === status.toLowerCase());
  const start = startsAt === null ? null : new Date(startsAt);
  const end = endsAt === null ? null : new Date(endsAt);
  const day = { dateStyle: "medium", timeStyle: "short" } as const;
  return (
    <>
      {start !== null && (
        <span>{end === null ? format.dateTime(start, day) : format.dateTimeRange(start, end, day)}</span>
      )}
      {status !== null && (known === undefined ? <SafeText text={status} /> : <span>{t(known)}</span>)}
    </>
  );
}

function whyNot(state: ThreadAttachment["fileState"]): "coming" | "noLink" {
  return state === "waiting" ? "coming" : "noLink";
}

function wordOf(type: string): Word {
  if (isWord(type)) return type;
  return sameAs[type] ?? "other";
}

function isWord(type: string): type is Word {
  return Object.hasOwn(icons, type);
}

/** A place comes as coordinates in words, see lib/messenger/attachments.ts. */
function mapOf(title: string | null): string | null {
  const [, latitude, longitude] = /^(-?\d{1,3}(?:\.\d+)?), (-?\d{1,3}(?:\.\d+)?)$/.exec(title ?? "") ?? [];
  if (latitude === undefined || longitude === undefined) return null;
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
}
