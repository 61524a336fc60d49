/**
 * Preloaded into our long-running processes (`node --import`): a parent killed without a word would
 * leave them running, holding ports and leases.
 */
const starter = process.ppid;

setInterval(() => {
  if (process.ppid !== starter) process.kill(process.pid, "SIGTERM");
}, 1_000).unref();

export {};
