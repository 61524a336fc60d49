import { z } from "zod";
import { numberField } from "./graph-fields.ts";

/** A token as Meta hands it out; `expiresInSeconds` null: it does not end by itself. */
export type GrantedToken = { token: string; expiresInSeconds: number | null };

export const tokenAnswer = z
  .object({ access_token: z.string().min(1), expires_in: numberField })
  .transform(({ access_token, expires_in }): GrantedToken => ({ token: access_token, expiresInSeconds: expires_in }));
