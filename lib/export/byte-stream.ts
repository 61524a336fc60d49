/** How a stream ended: to its end, because the reader left, or by a fault. */
export type StreamEnd = { outcome: "finished" | "left" } | { outcome: "failed"; error: unknown };

/** A generator of bytes as a web stream: it is asked for more only when the reader wants more, and ends when the reader leaves. */
export function byteStream(
  bytes: AsyncGenerator<Uint8Array>,
  signal: AbortSignal,
  ended: (end: StreamEnd) => void,
): ReadableStream<Uint8Array> {
  let isOver = false;
  const end = (how: StreamEnd) => {
    if (isOver) return;
    isOver = true;
    ended(how);
  };
  const leave = async () => {
    end({ outcome: "left" });
    await bytes.return(undefined);
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          signal.throwIfAborted();
          const { done, value } = await bytes.next();
          if (isOver) return;
          if (!done) return controller.enqueue(value);
          controller.close();
          end({ outcome: "finished" });
        } catch (error) {
          // Breaking off shows as a failed download; ending politely would pass half a file off as whole.
          controller.error(error);
          if (signal.aborted) await leave();
          else end({ outcome: "failed", error });
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}
