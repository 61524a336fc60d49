import { useTranslations } from "next-intl";
import { toastTrouble } from "#components/lead/toast.tsx";

/** Ends the session on the server and leaves with a whole new document, so that nothing loaded stays behind. */
export function useSignOut(): () => Promise<void> {
  const t = useTranslations("common.rail");
  return async () => {
    const response = await fetch("/api/auth/sign-out", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(() => null);
    if (response?.ok) window.location.assign("/sign-in");
    else toastTrouble(t("sign-out-failed"));
  };
}
