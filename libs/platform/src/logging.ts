import type { Logger } from '@milepost/stream';
import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import { maskUrl } from './config.js';

/** JSON lines on standard output. Credentials in URLs never come through, wherever they stand. */
export function createLogger(service: string, level: string): Logger {
  const target = pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ['password', '*.password', 'headers.authorization'],
    hooks: {
      logMethod(args, method) {
        method.apply(
          this,
          args.map((arg) => (typeof arg === 'string' ? maskUrl(arg) : arg)) as Parameters<typeof method>,
        );
      },
    },
  });
  return {
    debug: (fields, message) => target.debug(fields, message),
    info: (fields, message) => target.info(fields, message),
    warn: (fields, message) => target.warn(fields, message),
    error: (fields, message) => target.error(fields, message),
  };
}

/** Nest's own lines through the same logger. */
export function nestLogger(logger: Logger): LoggerService {
  const at = (level: keyof Logger) => (message: unknown, context?: unknown) =>
    logger[level]({ context: typeof context === 'string' ? context : 'nest' }, String(message));
  return { log: at('debug'), warn: at('warn'), error: at('error'), debug: at('debug'), verbose: at('debug') };
}
