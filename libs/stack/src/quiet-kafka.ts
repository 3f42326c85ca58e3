import { logLevel } from 'kafkajs';
import type { logCreator } from 'kafkajs';

/** Said at ERROR in the first second of a broker or a group, and right by the next try. */
const PASSING = /coordinator|rebalanc|leadership election|Connection (error|timeout)|not the leader|does not host/i;

/**
 * A kafkajs `logCreator` that keeps quiet about what kafkajs itself retries. Without `tell` it says nothing at all;
 * with it, errors that are not of the passing kind.
 */
export function quietKafka(tell?: (line: string) => void): logCreator {
  return () =>
    ({ level, log, namespace }) => {
      if (level > logLevel.ERROR || PASSING.test(log.message)) return;
      tell?.(`kafka ${namespace}: ${log.message}`);
    };
}
