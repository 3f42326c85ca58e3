import { CONTROL_HEADER, controlSequence, decodeControl } from '@milepost/contracts';
import type { ControlRecord, Erase } from '@milepost/contracts';
import { headerText } from '@milepost/stream';
import type { LogRecord } from '@milepost/stream';
import { sourceOffset } from './source-offset.js';

/** Whether it carries on what an operator wrote. Only our services write to the topics that we read. */
export const isMarker = ({ headers }: LogRecord): boolean => headers[CONTROL_HEADER] !== undefined;

export function markerOf(record: LogRecord): ControlRecord {
  const decoded = decodeControl(record.value);
  if ('record' in decoded) return decoded.record;
  const { topic, partition, offset } = record;
  throw new Error(`Marker at ${topic}/${partition}, offset ${offset} is of no kind that this version knows; start a newer one.`); // prettier-ignore
}

/** Markers of erasures: no other kind changes a row. */
export const erasuresOf = (records: readonly LogRecord[]): { record: LogRecord; control: Erase }[] =>
  records.filter(isMarker).flatMap((record) => {
    const control = markerOf(record);
    return control.kind === 'erase' ? [{ record, control }] : [];
  });

/** Where a marker stands, in `topic` by its name without a prefix. */
export const placeOf = (record: LogRecord, topic: string, account: string) => ({
  sequence: controlSequence(headerText(record.headers, CONTROL_HEADER) ?? '') ?? 0,
  account,
  topic,
  partition: record.partition,
  sourceOffset: sourceOffset(record),
  offset: record.offset,
});
