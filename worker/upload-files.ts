import { retellThread } from "#lib/leads/retell-thread.ts";
import { uploadReplyFile } from "#lib/threads/upload-reply-file.ts";
import type { Loop } from "./loop.ts";

/** Files go to Meta while their reply may still be taken back, so that it leaves in time. */
export const uploadFiles: Loop = {
  name: "upload-files",
  step: async () => {
    const thread = await uploadReplyFile();
    if (thread !== null) await retellThread(thread);
    return thread !== null;
  },
  lanes: 2,
  idleMs: 1_000,
};
