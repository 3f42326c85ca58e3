import type { NestExpressApplication } from '@nestjs/platform-express';
import type { z } from 'zod';
import { readCommandLine } from './command-line.js';
import type { Phase } from './health.controller.js';
import { createLogger, faultFields } from './logging.js';
import { PrometheusMetrics } from './metrics.js';
import { createServiceApp } from './service-app.js';
import type { HostedServer, ServiceDefinition } from './service-definition.js';
import type { Surroundings } from './service-process.js';

interface CommonConfig {
  HOST: string;
  PORT: number;
  LOG_LEVEL: string;
}

const STOP_TIMEOUT_MS = 15_000;
const CHECK_TIMEOUT_MS = 2_000;

/**
 * The whole life of a service: `--help`, `--validate`, configuration, health, the host, an orderly end. It exits with 0
 * after SIGTERM or SIGINT, 2 on a bad configuration, and 1 on everything else, after a line in the log.
 */
export async function runService<T extends z.ZodObject>(
  definition: ServiceDefinition<T>,
  { host = process, logTo, stopTimeoutMs = STOP_TIMEOUT_MS }: Surroundings = {},
): Promise<void> {
  const asked = readCommandLine(definition, host.argv.slice(2), host.env);
  if ('text' in asked) {
    (asked.exitCode === 0 ? host.stdout : host.stderr).write(asked.text);
    return host.exit(asked.exitCode);
  }
  const { HOST, PORT, LOG_LEVEL } = asked.config as unknown as CommonConfig;
  const logger = createLogger(definition.name, LOG_LEVEL, logTo);
  const metrics = new PrometheusMetrics(definition.name);
  let phase = 'starting' as Phase;
  let server: HostedServer | undefined;
  let app: NestExpressApplication | undefined;

  const onFatal = (fault: unknown): void => {
    logger.error(faultFields(fault), 'The service cannot go on');
    host.exit(1);
  };
  const stop = async (signal: string): Promise<void> => {
    if (phase === 'stopping') return;
    phase = 'stopping';
    logger.info({ signal }, 'Stopping');
    const timer = setTimeout(() => onFatal(new Error('Stopping took too long')), stopTimeoutMs);
    // The host first, while health still answers. Nest would wait for open HTTP connections before it, and partitions
    // that are not let go wait out the session timeout.
    await server?.close();
    await app?.close();
    clearTimeout(timer);
    host.exit(0);
  };
  for (const fault of ['unhandledRejection', 'uncaughtException']) host.on(fault, onFatal);
  for (const signal of ['SIGTERM', 'SIGINT']) host.on(signal, () => void stop(signal).catch(onFatal));

  try {
    const parts = await definition.start(asked.config, logger, metrics, onFatal);
    server = parts.server && closedOnce(parts.server);
    const sinceProgress = (): number => (server ? Date.now() - server.heartbeatAt : 0);
    const source = {
      checks: parts.checks,
      checkTimeoutMs: CHECK_TIMEOUT_MS,
      metrics,
      phase: () => phase,
      sinceProgress,
    };
    app = await createServiceApp(source, logger, parts.modules);
    if (server) app.connectMicroservice({ strategy: server });
    // HTTP before the host, so that probes can tell a slow start from a dead one.
    await app.listen(PORT, HOST);
    logger.info({ url: await app.getUrl() }, `${definition.name} answers`);
    await app.startAllMicroservices();
    if (phase === 'starting') phase = 'started';
  } catch (error) {
    // A start that was broken off by a signal fails as it likes.
    if (phase !== 'stopping') onFatal(error);
  }
}

/** Nest closes the transport once more when the app closes. */
function closedOnce(server: HostedServer): HostedServer {
  const close = server.close.bind(server);
  let closing: Promise<void> | undefined;
  server.close = () => (closing ??= close());
  return server;
}
