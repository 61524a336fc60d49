import {
  IconAlertTriangle,
  IconBan,
  IconBellOff,
  IconCircleCheck,
  IconClockPause,
  IconFlask,
  IconHourglassLow,
  IconKeyOff,
  IconPlugConnectedX,
  IconShieldLock,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { PageNotice } from "#lib/pages/page-notice.ts";
import styles from "./page.module.css";

const ICONS = {
  healthy: IconCircleCheck,
  disconnected: IconPlugConnectedX,
  revoked: IconKeyOff,
  restricted: IconBan,
  missing_permission: IconShieldLock,
  unsubscribed: IconBellOff,
  test_only: IconFlask,
  expiring: IconHourglassLow,
  warned: IconAlertTriangle,
  paused: IconClockPause,
};

/** A page's state, in icon and word. */
export function PageStateMark({ kind }: { kind: PageNotice["kind"] | "healthy" }) {
  const t = useTranslations("pages.state");
  const Icon = ICONS[kind];
  return (
    <span className={styles.state} data-kind={kind}>
      <Icon size={16} stroke={1.8} aria-hidden /> {t(kind)}
    </span>
  );
}
