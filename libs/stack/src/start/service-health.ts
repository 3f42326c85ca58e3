const PATIENCE_MS = 120_000;
const TELL_EVERY_MS = 10_000;

/** Waits until each service says that it works; goes on without those that do not in time, and says which and why. */
export async function waitUntilReady(
  services: Record<string, { url: string }>,
  { say, stopped }: { say: (line: string) => void; stopped: () => boolean },
): Promise<void> {
  const began = Date.now();
  let told = began;
  let missing = await unready(services);
  while (missing.length > 0 && !stopped()) {
    if (Date.now() - began > PATIENCE_MS) {
      say(`Not ready, and not waited for any longer: ${missing.join('; ')}`);
      return;
    }
    if (Date.now() - told > TELL_EVERY_MS) {
      say(`  waiting for ${missing.join('; ')}`);
      told = Date.now();
    }
    await new Promise((done) => setTimeout(done, 250));
    missing = await unready(services);
  }
}

async function unready(services: Record<string, { url: string }>): Promise<string[]> {
  const answers = Object.entries(services).map(async ([name, { url }]) => {
    const fault = await whyNotReady(url);
    return fault === null ? [] : [`${name} (${fault})`];
  });
  return (await Promise.all(answers)).flat();
}

/** Null when it works. */
export async function whyNotReady(url: string): Promise<string | null> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) });
    const { checks } = (await response.json()) as { checks?: Record<string, { status: string; detail: string }> };
    if (response.ok) return null;
    const down = Object.entries(checks ?? {}).filter(([, { status }]) => status !== 'up');
    return down.map(([name, { detail }]) => `${name}: ${detail}`).join(', ') || `HTTP ${response.status}`;
  } catch {
    return 'no answer yet';
  }
}
