/**
 * Whether anything may leave. A database that was restored from a backup believes to be queued what left long ago; so
 * it is asked, after each start of the server and again and again, whether it is still the one we knew.
 */
import { z } from "zod";

/** by_person: everything waits and leaves afterwards. restored: what was queued before does not leave by itself. */
export const pauseWhy = z.enum(["restored", "by_person"]);

/** Where a database lives. What cannot be read from here is null and proves nothing. */
export type SendingPlace = {
  /** The cluster's number: another one after a dump was restored elsewhere. */
  system: string | null;
  /** Another one after the log was played up to a point in time, or another server took over. */
  timeline: string | null;
  /** Another one after the database was made anew. */
  database: string | null;
  /** The file at the root of an embedded database: another one after the folder came back from an archive. */
  folder: string | null;
};

/** none: nothing outside knows of this database. behind: something outside knows more than it does. */
export type OutsideMark = "none" | "kept" | "behind";

const places = ["system", "timeline", "database", "folder"] as const;
/**
 * rewritten: the row was written by somebody else, as restoring a dump does. mark: the database went back in time.
 * unsent: nobody has looked yet, and replies wait. said: an operator knows.
 */
export const restoreSign = z.enum([...places, "rewritten", "mark", "unsent", "said"]);
export type RestoreSign = z.infer<typeof restoreSign>;

/** As people see it. `waiting`: replies that leave after the resume; `held`: from before a restore, for a person to settle. */
export type SendingState = {
  pausedAt: Date | null;
  why: z.infer<typeof pauseWhy> | null;
  /** Null: nobody of ours, or by command. */
  byName: string | null;
  signs: RestoreSign[];
  waiting: number;
  held: number;
};

type Look = {
  known: SendingPlace | null;
  found: SendingPlace;
  isRewritten: boolean;
  mark: OutsideMark;
  /** Replies at all, and such that would leave now. */
  hasReplies: boolean;
  hasUnsent: boolean;
};

/**
 * By which signs the database was restored; none when it is the one we knew. One that was never looked at is new, if
 * it holds no replies, or comes from a version that did not look: then what would leave is held back.
 */
export function restoreSigns({ known, found, isRewritten, mark, hasReplies, hasUnsent }: Look): RestoreSign[] {
  if (known === null && !hasReplies) return [];
  const moved = places.filter((place) => {
    const before = known?.[place] ?? null;
    return before !== null && found[place] !== null && before !== found[place];
  });
  return [
    ...moved,
    ...(isRewritten ? (["rewritten"] as const) : []),
    ...(mark === "behind" ? (["mark"] as const) : []),
    ...(known === null && hasUnsent ? (["unsent"] as const) : []),
  ];
}

/** What is known of the place from now on: what cannot be read today stays as it was. */
export function knownPlace(known: SendingPlace | null, found: SendingPlace): SendingPlace {
  return {
    system: found.system ?? known?.system ?? null,
    timeline: found.timeline ?? known?.timeline ?? null,
    database: found.database ?? known?.database ?? null,
    folder: found.folder ?? known?.folder ?? null,
  };
}
