import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { PrometheusMetrics } from './metrics.js';

/** What health needs to know of a service. */
export interface HealthSource {
  service: string;
  /** Milliseconds since the host last went on. */
  sinceProgress(): number;
  stopping(): boolean;
  checks: Record<string, () => Promise<string>>;
  metrics: PrometheusMetrics;
}

export const HEALTH_SOURCE = Symbol('HealthSource');
const STUCK_AFTER_MS = 60_000;
const CHECK_TIMEOUT_MS = 2_000;

interface Reply {
  status(code: number): Reply;
  type(contentType: string): Reply;
  send(body: unknown): void;
}

@Controller()
export class HealthController {
  constructor(@Inject(HEALTH_SOURCE) private readonly source: HealthSource) {}

  /** The process itself: its event loop answers and its host goes on. Never a dependency. */
  @Get('health/live')
  live(@Res() reply: Reply): void {
    const seconds = Math.round(this.source.sinceProgress() / 1000);
    const live = this.source.sinceProgress() < STUCK_AFTER_MS;
    reply.status(live ? 200 : 503).send({ status: live ? 'live' : 'stuck', secondsSinceProgress: seconds });
  }

  /** Whether work is being done: partitions taken, dependencies answering. */
  @Get('health/ready')
  async ready(@Res() reply: Reply): Promise<void> {
    const results = await Promise.all(Object.entries(this.source.checks).map(([name, check]) => run(name, check)));
    const ready = !this.source.stopping() && results.every(([, { status }]) => status === 'up');
    reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', checks: Object.fromEntries(results) });
  }

  @Get('metrics')
  async metrics(@Res() reply: Reply): Promise<void> {
    const { registry } = this.source.metrics;
    reply
      .status(200)
      .type(registry.contentType)
      .send(await registry.metrics());
  }
}

type Result = [name: string, { status: 'up' | 'down'; detail: string }];

async function run(name: string, check: () => Promise<string>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    return [name, { status: 'up', detail: await Promise.race([Promise.resolve().then(check), late]) }];
  } catch (error) {
    return [name, { status: 'down', detail: (error as Error).message }];
  } finally {
    clearTimeout(timer);
  }
}
