/**
 * Questions and answers as a conversation's history shows them. The Leadgen app's questions are messages of the page,
 * the answers are the person's; nothing says which messages were a lead's. So these are candidates, and only evidence
 * that an ad's questions ran makes a lead of one, see recovered-lead.ts.
 */
const SECOND = 1000;
/** A machine asks its next question at once; people take longer. */
const AT_ONCE = 15 * SECOND;

export type HeardMessage = {
  mid: string;
  isFromPerson: boolean;
  /** Written by somebody of the page's side, as far as we know: nothing an ad asked. */
  isByHuman: boolean;
  text: string | null;
  at: Date;
};

/** `isFollowed`: the page said something at once, as machines do; `followed` is what. */
export type AskedAnswer = {
  mid: string;
  at: Date;
  question: string;
  answer: string;
  isFollowed: boolean;
  followed: string[];
};

/** Answers without a break, and what the page said after the last of them. */
export type AskedFlow = { answers: AskedAnswer[]; closing: string | null };

type Said = { text: string; at: Date };

/** The messages, oldest first, as candidates for flows. */
export function askedFlows(messages: readonly HeardMessage[]): AskedFlow[] {
  const flows: AskedFlow[] = [];
  let flow: AskedFlow | null = null;
  let bursts: Said[][] = [];

  for (const { mid, isFromPerson, isByHuman, text, at } of messages) {
    if (isByHuman) {
      flow = null;
      bursts = [];
    } else if (text === null) {
    } else if (!isFromPerson) {
      bursts = withSaid(bursts, { text, at });
    } else if (bursts.length > 0) {
      const goesOn: boolean = flow !== null && goesOnWith(flow, bursts);
      const asked: Said | undefined = (goesOn ? bursts[0] : bursts.at(-1))?.at(-1);
      bursts = [];
      if (asked === undefined) continue;
      if (flow === null || !goesOn) {
        flow = { answers: [], closing: null };
        flows.push(flow);
      }
      flow.answers.push({ mid, at, question: asked.text, answer: text, isFollowed: false, followed: [] });
      flow.closing = null;
    }
    if (flow !== null) hearOn(flow, bursts[0] ?? []);
  }
  return flows;
}

/** What the page said after the last answer so far. */
function hearOn(flow: AskedFlow, burst: readonly Said[]): void {
  const [first] = burst;
  const answer = flow.answers.at(-1);
  if (first === undefined || answer === undefined) return;
  flow.closing = burst.at(-1)?.text ?? null;
  answer.isFollowed = first.at.getTime() - answer.at.getTime() <= AT_ONCE;
  answer.followed = answer.isFollowed ? burst.map(({ text }) => text) : [];
}

/** An introduction and its question come in one breath, a reminder does not. */
function withSaid(bursts: readonly Said[][], said: Said): Said[][] {
  const last = bursts.at(-1) ?? [];
  const before = last.at(-1);
  const isSameBreath = before !== undefined && said.at.getTime() - before.at.getTime() <= AT_ONCE;
  return isSameBreath ? [...bursts.slice(0, -1), [...last, said]] : [...bursts, [said]];
}

/** The page asked on at once. A lone message after that is a reminder; two in one breath begin something new. */
function goesOnWith(flow: AskedFlow, [first, ...later]: readonly Said[][]): boolean {
  const answeredAt = flow.answers.at(-1)?.at;
  const askedAt = first?.[0]?.at;
  if (answeredAt === undefined || askedAt === undefined) return false;
  return askedAt.getTime() - answeredAt.getTime() <= AT_ONCE && later.every((burst) => burst.length < 2);
}
