export interface Fetched {
  bytes: Uint8Array;
  done?: boolean;
}

/** A result of the engine that is fetched piece by piece. */
export interface StreamedResult {
  fetch(): Promise<Fetched>;
  /** Only for a result that neither came to its end nor failed: those are released, and a handle may be another's. */
  cancel(): void;
}

/**
 * Sends what is fetched; the first piece is there before `send` is called, so that an error comes before a status line.
 * A reader who leaves ends `send` while the engine still fetches on a thread: to cancel or close beneath that breaks
 * the results of others, so it is waited for.
 */
export async function sendStreamed(
  result: StreamedResult,
  send: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  let released = false;
  const fetch = async (): Promise<Uint8Array | undefined> => {
    const { bytes, done } = await result.fetch().catch((error: unknown) => {
      released = true;
      throw error;
    });
    if (done) released = true;
    return done ? undefined : bytes;
  };
  let fetching = fetch();
  const chunks = async function* (first: Uint8Array | undefined) {
    for (let bytes = first; bytes; bytes = await (fetching = fetch())) yield bytes;
  };
  try {
    await send(chunks(await fetching));
  } finally {
    await fetching.catch(() => undefined);
    if (!released) result.cancel();
  }
}
