import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from '@milepost/stream';
import type { z } from 'zod';
import { ConfigError, describeConfig, loadConfig, maskUrl } from './config.js';
import { HEALTH_SOURCE, HealthController } from './health.controller.js';
import type { HealthSource } from './health.controller.js';
import { createLogger, nestLogger } from './logging.js';
import { PrometheusMetrics } from './metrics.js';
import { ProblemFilter } from './problem.filter.js';

/** What a service hosts: a transport strategy of Nest's that tells when it last went on. */
export interface HostedServer {
  listen(callback: (...args: unknown[]) => unknown): unknown;
  close(): Promise<void>;
  heartbeatAt: number;
}

export interface ServiceParts {
  server: HostedServer;
  checks: HealthSource['checks'];
}

export interface ServiceDefinition<T extends z.ZodObject> {
  name: string;
  description: string;
  config: T;
  start(
    config: z.infer<T>,
    logger: Logger,
    metrics: PrometheusMetrics,
    onFatal: (error: Error) => void,
  ): Promise<ServiceParts>;
}

interface CommonConfig {
  HOST: string;
  PORT: number;
  LOG_LEVEL: string;
}

const SHUTDOWN_TIMEOUT_MS = 15_000;

@Module({})
class ServiceModule {}

/** The whole life of a service: `--help`, `--validate`, configuration, health, the host, an orderly end. */
export async function runService<T extends z.ZodObject>(definition: ServiceDefinition<T>): Promise<void> {
  const config = readConfig(definition);
  const { HOST, PORT, LOG_LEVEL } = config as unknown as CommonConfig;
  const logger = createLogger(definition.name, LOG_LEVEL);
  const metrics = new PrometheusMetrics(definition.name);
  const onFatal = (error: Error): never => {
    logger.error({ error: error.message, stack: error.stack }, 'The service cannot go on');
    process.exit(1);
  };
  process.on('unhandledRejection', (reason) => onFatal(reason as Error));

  try {
    let stopping = false;
    const { server, checks } = await definition.start(config, logger, metrics, onFatal);
    const source: HealthSource = {
      service: definition.name,
      checks,
      metrics,
      sinceProgress: () => Date.now() - server.heartbeatAt,
      stopping: () => stopping,
    };
    const app = await NestFactory.create<NestExpressApplication>(serviceModule(source), { logger: nestLogger(logger) });
    app.disable('x-powered-by');
    app.useGlobalFilters(new ProblemFilter());
    app.connectMicroservice({ strategy: server });
    await app.listen(PORT, HOST);
    logger.info({ url: await app.getUrl() }, `${definition.name} answers`);
    const stop = (signal: string): void => {
      if (stopping) return;
      stopping = true;
      logger.info({ signal }, 'Stopping');
      setTimeout(() => onFatal(new Error('Stopping took too long')), SHUTDOWN_TIMEOUT_MS).unref();
      app.close().then(() => process.exit(0), onFatal);
    };
    process.on('SIGTERM', () => stop('SIGTERM'));
    process.on('SIGINT', () => stop('SIGINT'));
    await app.startAllMicroservices();
  } catch (error) {
    onFatal(error as Error);
  }
}

function serviceModule(source: HealthSource): DynamicModule {
  return {
    module: ServiceModule,
    controllers: [HealthController],
    providers: [{ provide: HEALTH_SOURCE, useValue: source }],
  };
}

function readConfig<T extends z.ZodObject>({ name, description, config }: ServiceDefinition<T>): z.infer<T> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`milepost ${name}: ${description}\n\nEnvironment:\n${describeConfig(config)}\n\n`);
    process.stdout.write(
      'Options:\n  --validate   read the configuration, print it, and exit\n  --help       this text\n',
    );
    process.exit(0);
  }
  try {
    const loaded = loadConfig(config, process.env);
    if (process.argv.includes('--validate')) {
      for (const [key, value] of Object.entries(loaded)) process.stdout.write(`${key}=${maskUrl(String(value))}\n`);
      process.exit(0);
    }
    return loaded;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\nAll variables: ${name} --help\n`);
    process.exit(2);
  }
}
