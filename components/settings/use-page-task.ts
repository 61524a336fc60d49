import { useState, useTransition } from "react";
import type { PageActions, PageAnswer } from "./page-answers.ts";

/** One task at a time: whether it runs, and how it went. */
export function usePageTask(): {
  isBusy: boolean;
  answer: PageAnswer | null;
  run: (task: () => Promise<PageAnswer | null>) => void;
} {
  const [isBusy, start] = useTransition();
  const [answer, setAnswer] = useState<PageAnswer | null>(null);
  return {
    isBusy,
    answer,
    run: (task) => {
      setAnswer(null);
      start(async () => setAnswer(await task()));
    },
  };
}

/** Leaves for Meta's login; comes back with an answer only if that is not possible. */
export async function goToLogin(actions: Pick<PageActions, "startLogin">): Promise<PageAnswer | null> {
  const begun = await actions.startLogin();
  if ("answer" in begun) return begun.answer;
  window.location.assign(begun.url);
  return null;
}
