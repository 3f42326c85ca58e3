import avro from 'avsc';
import type { OutRecord } from './log-record.js';
import type { PageSink, Sink } from './topology.js';

/** An output with the place it came from: the input's offset, and its number among that input's outputs. */
export interface OutboxEntry {
  offset: number;
  index: number;
  record: OutRecord;
}

/** Everything that one committed batch `[from, to)` sends, kept beside the state until Kafka has confirmed it. */
export interface OutboxBatch {
  from: number;
  to: number;
  entries: OutboxEntry[];
}

const type = avro.Type.forSchema({
  type: 'record',
  name: 'OutboxBatch',
  fields: [
    { name: 'from', type: 'long' },
    { name: 'to', type: 'long' },
    {
      name: 'entries',
      type: {
        type: 'array',
        items: {
          type: 'record',
          name: 'OutboxEntry',
          fields: [
            { name: 'offset', type: 'long' },
            { name: 'index', type: 'int' },
            {
              name: 'record',
              type: {
                type: 'record',
                name: 'OutRecord',
                fields: [
                  { name: 'topic', type: 'string' },
                  { name: 'partition', type: ['null', 'int'] },
                  { name: 'key', type: ['null', 'bytes'] },
                  { name: 'value', type: ['null', 'bytes'] },
                  { name: 'headers', type: { type: 'map', values: 'bytes' } },
                  { name: 'timestamp', type: ['null', 'long'] },
                ],
              },
            },
          ],
        },
      },
    },
  ],
});

export function encodeOutbox(batch: OutboxBatch): Buffer {
  return type.toBuffer({
    ...batch,
    entries: batch.entries.map(({ record, ...tag }) => ({ ...tag, record: asBytes(record) })),
  });
}

export function decodeOutbox(bytes: Buffer): OutboxBatch {
  return type.fromBuffer(bytes) as OutboxBatch;
}

/**
 * What an outbox still has to publish: everything of inputs in `[confirmed, next)`. A batch mostly lies on one side of
 * `confirmed`. It may lie across when the store came back without its newest writes and somebody who had seen them
 * nowhere stored anew; then its pages are cut, because their first part is out.
 */
export function unpublished(
  batches: readonly OutboxBatch[],
  { confirmed, next }: { confirmed: number; next: number },
  sinks: Record<string, Sink>,
): OutRecord[] {
  const pages = new Map(
    Object.values(sinks)
      .filter((sink): sink is PageSink => sink.mode === 'page')
      .map((sink) => [sink.topic, sink]),
  );
  return batches.flatMap(({ from, entries }) =>
    entries
      .filter(({ offset }) => offset >= confirmed && offset < next)
      .map(({ record }) => {
        const sink = from < confirmed ? pages.get(record.topic) : undefined;
        return sink ? { ...record, value: sink.cutPage(record.value!, confirmed) } : record;
      }),
  );
}

function asBytes(record: OutRecord): OutRecord {
  const headers: Record<string, Buffer> = {};
  for (const [name, value] of Object.entries(record.headers)) headers[name] = Buffer.from(value);
  return { ...record, headers };
}
