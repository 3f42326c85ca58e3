import { headerText, POSITION_HEADER } from '@milepost/stream';
import type { LogRecord } from '@milepost/stream';

/**
 * Offset of the input record that an output follows from, in the same partition of the topology's source; 0 without
 * one. The host writes this header last, so unlike the others it can't come from whoever sent the event.
 */
export function sourceOffset(record: LogRecord): number {
  const offset = Number(headerText(record.headers, POSITION_HEADER)?.split('/')[3]);
  return Number.isSafeInteger(offset) && offset >= 0 ? offset : 0;
}
