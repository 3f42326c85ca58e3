import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import type { PrometheusMetrics } from './metrics.js';
import { runChecks } from './run-checks.js';
import type { HealthCheck } from './run-checks.js';

export type Phase = 'starting' | 'started' | 'stopping';

/** What health needs to know of a service. */
export interface HealthSource {
  phase(): Phase;
  /** Milliseconds since the host last went on. */
  sinceProgress(): number;
  checks: Record<string, HealthCheck>;
  checkTimeoutMs: number;
  metrics: PrometheusMetrics;
}

export const HEALTH_SOURCE = Symbol('HealthSource');
const STUCK_AFTER_MS = 60_000;

interface Reply {
  status(code: number): Reply;
  type(contentType: string): Reply;
  send(body: unknown): void;
}

@Controller()
export class HealthController {
  constructor(@Inject(HEALTH_SOURCE) private readonly source: HealthSource) {}

  /**
   * The process itself: its event loop answers and its host goes on. Never a dependency: a restart mends none. While it
   * starts or stops it may wait for one, so only a started host can be stuck.
   */
  @Get('health/live')
  @Header('Cache-Control', 'no-store')
  live(@Res() reply: Reply): void {
    const since = this.source.sinceProgress();
    const live = this.source.phase() !== 'started' || since < STUCK_AFTER_MS;
    const secondsSinceProgress = Math.round(since / 1000);
    reply.status(live ? 200 : 503).send({ status: live ? 'live' : 'stuck', secondsSinceProgress });
  }

  /** Whether work is being done: partitions taken, dependencies answering. */
  @Get('health/ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res() reply: Reply): Promise<void> {
    const checks = await runChecks(this.source.checks, this.source.checkTimeoutMs);
    const up = Object.values(checks).every(({ status }) => status === 'up');
    const ready = up && this.source.phase() === 'started';
    reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks });
  }

  /** Whether the host has come up; before that, live and ready have nothing to say. */
  @Get('health/startup')
  @Header('Cache-Control', 'no-store')
  startup(@Res() reply: Reply): void {
    const phase = this.source.phase();
    reply.status(phase === 'starting' ? 503 : 200).send({ status: phase });
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
