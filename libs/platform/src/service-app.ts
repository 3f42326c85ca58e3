import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { ModuleMetadata } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from '@milepost/stream';
import { HEALTH_SOURCE, HealthController } from './health.controller.js';
import type { HealthSource } from './health.controller.js';
import { nestLogger } from './logging.js';
import { BODY_LIMIT_KB, ProblemFilter } from './problem.filter.js';

@Module({})
class ServiceModule {}

/** The HTTP side of a service: health, metrics, problem documents, and the modules of its own. */
export async function createServiceApp(
  source: HealthSource,
  logger: Logger,
  modules: ModuleMetadata['imports'] = [],
): Promise<NestExpressApplication> {
  const module = {
    module: ServiceModule,
    imports: modules,
    controllers: [HealthController],
    providers: [{ provide: HEALTH_SOURCE, useValue: source }],
  };
  // Left to itself Nest aborts the process on a fault, and the log line would be lost.
  const options = { logger: nestLogger(logger), bodyParser: false, abortOnError: false };
  const app = await NestFactory.create<NestExpressApplication>(module, options);
  app.disable('x-powered-by');
  app.useBodyParser('json', { limit: `${BODY_LIMIT_KB}kb` });
  app.useGlobalFilters(new ProblemFilter(logger));
  return app;
}
