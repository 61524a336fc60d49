"use client";

import { ActionIcon, Loader } from "@mantine/core";
import { IconAlertTriangle, IconFile, IconMicrophone, IconVideo, IconX } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import { MAX_FILES } from "#lib/media/outgoing-file.ts";
import styles from "./composer.module.css";
import { SafeText } from "./safe-text.tsx";
import type { AttachedFile, Attachments } from "./use-attachments.ts";

const icons = { image: IconFile, file: IconFile, video: IconVideo, audio: IconMicrophone };
const MB = 1024 * 1024;

type Props = { attachments: Attachments; onRemove: (key: string) => void; isFixed: boolean };

/** The files of the reply being written: what they are, how far they came, and the way to leave one out. */
export function AttachedFiles({ attachments, onRemove, isFixed }: Props) {
  const t = useTranslations("sending.file");
  const { files, isFull, hasFailed } = attachments;
  if (files.length === 0) return null;
  return (
    <>
      <ul className={styles.files} aria-label={t("label")} aria-live="polite">
        {files.map((file) => (
          <li key={file.key} className={styles.file} data-state={file.state.is}>
            <Sign file={file} />
            <span className={styles.fileName}>
              <SafeText text={file.name} />
              <Words file={file} />
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={28}
              disabled={isFixed}
              aria-label={t("remove", { name: file.name })}
              onClick={() => onRemove(file.key)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {hasFailed && (
        <p className={styles.problem} role="alert">
          {t("leaveOut")}
        </p>
      )}
      {isFull && (
        <p className={styles.problem} role="alert">
          {t("tooMany", { max: MAX_FILES })}
        </p>
      )}
    </>
  );
}

function Sign({ file: { name, state } }: { file: AttachedFile }) {
  const t = useTranslations("sending.file");
  if (state.is === "uploading") return <Loader size={18} aria-label={t("uploading")} />;
  if (state.is === "failed") return <IconAlertTriangle size={18} aria-hidden />;
  if (state.kind === "image") {
    // biome-ignore lint/performance/noImgElement: the optimizer is off, people's pictures are not cached.
    return <img src={state.href} alt={t("picture", { name })} className={styles.thumb} />;
  }
  const Icon = icons[state.kind];
  return <Icon size={18} aria-hidden />;
}

function Words({ file: { bytes, state } }: { file: AttachedFile }) {
  const t = useTranslations();
  const format = useFormatter();
  if (state.is === "uploading") return <small>{t("sending.file.uploading")}</small>;
  if (state.is === "failed") {
    const { why } = state;
    return (
      <small className={styles.fault}>
        {why === "failed" || why === "notFound" || why === "tooManyNow"
          ? t(`sending.file.${why}`)
          : t(`lead.error.${why}`)}
      </small>
    );
  }
  if (bytes === 0) return null;
  const size = format.number(Math.max(bytes / MB, 0.1), { maximumFractionDigits: 1 });
  return <small>{t("sending.file.size", { size })}</small>;
}
