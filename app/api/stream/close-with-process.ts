declare global {
  // Next bundles modules more than once; the signals are heard once per process.
  var leadInboxStreams: Set<() => void> | undefined;
}

/** An open stream would keep a stopping process alive for ever. Returns how to forget the stream again. */
export function closeWithProcess(close: () => void): () => void {
  const streams = globalThis.leadInboxStreams ?? hearSignals();
  streams.add(close);
  return () => void streams.delete(close);
}

function hearSignals(): Set<() => void> {
  const streams = new Set<() => void>();
  globalThis.leadInboxStreams = streams;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      for (const close of streams) close();
    });
  }
  return streams;
}
