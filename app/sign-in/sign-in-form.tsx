"use client";

import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import styles from "./sign-in.module.css";
import { type Refusal, signIn } from "./sign-in-request.ts";

type Fault = Refusal | { outcome: "missing" };

export function SignInForm({ next, address }: { next: string; address: string }) {
  const t = useTranslations("sign-in");
  const [fault, setFault] = useState<Fault | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get("email") ?? "").trim();
    const password = String(form.get("password") ?? "");
    if (email === "" || password === "") return setFault({ outcome: "missing" });

    setBusy(true);
    setFault(null);
    const answer = await signIn(email, password);
    // A whole new document: nothing of the stranger's page survives, its nonce and its caches included.
    if (answer.outcome === "signed-in") return window.location.assign(next);
    setBusy(false);
    setFault(answer);
  }

  return (
    <form method="post" className={styles.form} onSubmit={submit} noValidate>
      {fault !== null && (
        <Alert role="alert" color="red" variant="outline" icon={<IconAlertCircle aria-hidden />} p="xs">
          {fault.outcome === "limited"
            ? t("limited", { minutes: fault.minutes })
            : fault.outcome === "refused"
              ? t("refused", { address })
              : t(fault.outcome)}
        </Alert>
      )}
      <TextInput
        name="email"
        type="email"
        label={t("email")}
        autoComplete="username"
        size="sm"
        required
        withAsterisk={false}
        data-autofocus
        autoFocus
      />
      <PasswordInput
        name="password"
        label={t("password")}
        visibilityToggleButtonProps={{ "aria-label": t("show-password"), tabIndex: 0 }}
        autoComplete="current-password"
        size="sm"
        required
        withAsterisk={false}
      />
      <Button type="submit" size="sm" loading={isBusy} fullWidth>
        {t("submit")}
      </Button>
    </form>
  );
}
