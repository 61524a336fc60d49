import { IconDownload } from "@tabler/icons-react";
import type { ThreadAttachment } from "#lib/threads/thread-page.ts";
import styles from "./kept-file.module.css";
import { SafeText } from "./safe-text.tsx";

type Props = { word: string; file: NonNullable<ThreadAttachment["file"]>; title: string | null };

/** A file we keep, drawn or played in place where every browser can, and offered as a download otherwise. */
export function KeptFile({ word, file: { href, contentType }, title }: Props) {
  const name = title === null || title === "" ? word : title;
  const kind = contentType?.split("/")[0];
  if (kind === "image") {
    return (
      <a className={styles.picture} href={href} target="_blank" rel="noopener">
        {/* biome-ignore lint/performance/noImgElement: the optimizer is off, people's pictures are not cached. */}
        <img src={href} alt={name} loading="lazy" />
      </a>
    );
  }
  if (kind === "video") {
    // biome-ignore lint/a11y/useMediaCaption: nobody wrote captions for what people record.
    return <video className={styles.video} src={href} controls preload="metadata" aria-label={name} />;
  }
  // biome-ignore lint/a11y/useMediaCaption: nobody wrote captions for what people record.
  if (kind === "audio") return <audio className={styles.audio} src={href} controls preload="none" aria-label={name} />;
  return (
    <a className={styles.file} href={href} download>
      <IconDownload size={16} aria-hidden /> <SafeText text={name} />
    </a>
  );
}
