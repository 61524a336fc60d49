import type { ReactNode } from "react";
import styles from "./notice.module.css";

/** A whole place that has something to say instead of something to show: empty, refused, failed. */
export function Notice({
  icon,
  title,
  children,
  actions,
  role,
  isPage = false,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  role?: "alert" | "status";
  /** The page's own heading, where this is the whole page. */
  isPage?: boolean;
}) {
  const Heading = isPage ? "h1" : "h2";
  return (
    <div className={styles.notice} role={role}>
      {icon !== undefined && (
        <div className={styles.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Heading className={styles.title}>{title}</Heading>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
