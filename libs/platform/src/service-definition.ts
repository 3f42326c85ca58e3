import type { ModuleMetadata } from '@nestjs/common';
import type { Logger } from '@milepost/stream';
import type { z } from 'zod';
import type { ServiceText } from './command-line.js';
import type { PrometheusMetrics } from './metrics.js';
import type { HealthCheck } from './run-checks.js';

/** What a service hosts: a transport strategy of Nest's that tells when it last went on (wall clock, milliseconds). */
export interface HostedServer {
  listen(callback: (...args: unknown[]) => unknown): unknown;
  close(): Promise<void>;
  heartbeatAt: number;
}

export interface ServiceParts {
  /** None in a service that only answers HTTP. */
  server?: HostedServer;
  checks: Record<string, HealthCheck>;
  /** Nest modules of the service's own. */
  modules?: ModuleMetadata['imports'];
}

export interface ServiceDefinition<T extends z.ZodObject> extends ServiceText<T> {
  start(
    config: z.infer<T>,
    logger: Logger,
    metrics: PrometheusMetrics,
    onFatal: (error: Error) => void,
  ): Promise<ServiceParts>;
}
