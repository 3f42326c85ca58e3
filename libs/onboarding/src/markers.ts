import { CONTROL_HEADER, controlSequence, decodeControl, encodeControl, FORGED_MARKER } from '@milepost/contracts';
import type { ControlRecord, Erase } from '@milepost/contracts';
import type { Decoded, LogRecord, OutRecord, Sink } from '@milepost/stream';

/** A control record with its sequence number. */
export interface Marker {
  control: ControlRecord;
  sequence: number;
}

/** The one kind that is about an account, and so reaches its decider. */
export interface ErasureMarker extends Marker {
  control: Erase;
}

/** A marker on its way to another topic, into the partition that it stands in. */
export interface MarkerBody extends Marker {
  partition: number;
}

/** What a marker means in this partition; `inputOf` says what the decider gets. */
export function decodeMarker<I>(
  record: LogRecord,
  header: string,
  inputOf: (marker: ErasureMarker) => I,
  relaySink?: string,
): Decoded<I> {
  const sequence = controlSequence(header);
  if (sequence === null) return { kind: 'rejected', violations: [FORGED_MARKER] };
  const decoded = decodeControl(record.value);
  // Whether it was written at all, the control log tells.
  if ('fault' in decoded) return { kind: 'control', sequence, inputs: decoded.fault === 'unknown' ? null : [] };
  const control = decoded.record;
  switch (control.kind) {
    case 'erase':
      return {
        kind: 'control',
        sequence,
        inputs: [{ account: control.account, input: inputOf({ control, sequence }) }],
      };
    case 'activate-model': {
      const body: MarkerBody = { control, sequence, partition: record.partition };
      return { kind: 'control', sequence, inputs: [], ...(relaySink && { relay: { sink: relaySink, body } }) };
    }
  }
}

/** Passes a marker on to who reads a topic. */
export const markerSink = (topic: string): Sink => ({
  topic,
  mode: 'record',
  encode: (body) => {
    const { control, sequence, partition } = body as MarkerBody;
    return { ...bare(topic, sequence), partition, value: encodeControl(control) };
  },
});

/** The end of an account on a compacted topic: compaction drops what came before it. */
export const tombstoneSink = (topic: string): Sink => ({
  topic,
  mode: 'record',
  encode: (body) => {
    const { control, sequence } = body as ErasureMarker;
    return { ...bare(topic, sequence), key: Buffer.from(control.account) };
  },
});

const bare = (topic: string, sequence: number): OutRecord => ({
  topic,
  partition: null,
  key: null,
  value: null,
  headers: { [CONTROL_HEADER]: String(sequence) },
  timestamp: null,
});
