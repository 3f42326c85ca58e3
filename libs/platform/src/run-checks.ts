import { maskUrl } from './mask.js';

/** Answers with a detail, or throws what is wrong. */
export type HealthCheck = () => Promise<string>;
export interface CheckResult {
  status: 'up' | 'down';
  detail: string;
}

/** Runs the checks side by side; one that does not answer in time is down, and holds up no other. */
export async function runChecks(
  checks: Record<string, HealthCheck>,
  timeoutMs: number,
): Promise<Record<string, CheckResult>> {
  const results = Object.entries(checks).map(async ([name, check]) => [name, await run(check, timeoutMs)] as const);
  return Object.fromEntries(await Promise.all(results));
}

async function run(check: HealthCheck, timeoutMs: number): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return { status: 'up', detail: await Promise.race([Promise.resolve().then(check), late]) };
  } catch (error) {
    return { status: 'down', detail: maskUrl(error instanceof Error ? error.message : String(error)) };
  } finally {
    clearTimeout(timer);
  }
}
