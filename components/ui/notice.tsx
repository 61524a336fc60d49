import type { ReactNode } from "react";
import styles from "./notice.module.css";

/** A whole place that has something to say instead of something to show: empty, refused, failed. */
export function Notice({
  icon,
  title,
  children,
  actions,
  role,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  role?: "alert" | "status";
}) {
  return (
    <div className={styles.notice} role={role}>
      {icon !== undefined && (
        <div className={styles.icon} aria-hidden>
          {icon}
        </div>
      )}
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
