import type { Logger } from '@milepost/stream';
import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { DestinationStream } from 'pino';
import { maskFields, maskUrl } from './mask.js';

/**
 * JSON lines on standard output, written at once: what was logged before an exit is not lost. Credentials in URLs never
 * come through, wherever they stand, nor do fields that are called a password or the like.
 */
export function createLogger(service: string, level: string, destination?: DestinationStream): Logger {
  const target = pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => maskFields(fields) as Record<string, unknown>,
      },
      // Over the finished line: a URL may stand in the message, in any field, or in a stack.
      hooks: { streamWrite: maskUrl },
    },
    destination ?? pino.destination({ dest: 1, sync: true }),
  );
  return {
    debug: (fields, message) => target.debug(fields, message),
    info: (fields, message) => target.info(fields, message),
    warn: (fields, message) => target.warn(fields, message),
    error: (fields, message) => target.error(fields, message),
  };
}

/** Whatever was thrown, as fields of a log line. */
export function faultFields(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { error: String(fault) };
  const { message, stack, cause } = fault;
  return { error: message, stack, ...(cause === undefined ? {} : { cause: String(cause) }) };
}

/** Nest's own lines through the same logger. Nest puts the context last and, of an error, the stack before it. */
export function nestLogger(logger: Logger): LoggerService {
  const at =
    (level: keyof Logger) =>
    (message: unknown, ...more: unknown[]): void => {
      const texts = more.filter((one) => typeof one === 'string');
      const context = texts.at(-1) ?? 'nest';
      const stack = texts.length > 1 ? { stack: texts[0] } : {};
      const fields = message instanceof Error ? faultFields(message) : stack;
      logger[level]({ context, ...fields }, message instanceof Error ? message.message : String(message));
    };
  return { log: at('debug'), warn: at('warn'), error: at('error'), debug: at('debug'), verbose: at('debug') };
}
