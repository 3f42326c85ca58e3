/** Tries until it succeeds or time is up; then the last reason is told. */
export async function until<T>(what: string, attempt: () => Promise<T>, timeoutMs: number, everyMs = 100): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`${what} did not answer within ${timeoutMs / 1000} s: ${(error as Error).message}`, {
          cause: error,
        });
      }
      await new Promise((done) => setTimeout(done, everyMs));
    }
  }
}
