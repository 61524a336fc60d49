// biome-ignore lint/style/noRestrictedImports: it is the product that presses here, not the rig.
import { prisma } from "#lib/db.ts";
// biome-ignore lint/style/noRestrictedImports: the same.
import { followUp } from "#lib/leads/follow-up.ts";
import { ADMIN } from "./installation.ts";

/** One press of *Send*, as web carries it out, in a process with web's settings and web's clock: for trial-clock.ts. */
const [pageId = "", psid = "", intentId = ""] = process.argv.slice(2);
const { id: agentId, name, email } = await prisma.user.findUniqueOrThrow({ where: { email: ADMIN.email } });
const { id } = await prisma.lead.findFirstOrThrow({ where: { pageId, psid } });
const viewer = { agentId, name, email, role: "admin", pageIds: null } as const;
const outcome = await followUp({ pageId, id }, { text: "Hello", seenMid: null, intentId }, viewer);
const reply = await prisma.reply.findFirst({ where: { pageId, intentId } });
console.log(JSON.stringify({ ...outcome, metadata: reply?.metadata }));
process.exit();
