import avro from 'avsc';
import type { OutRecord } from './log-record.js';

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

function asBytes(record: OutRecord): OutRecord {
  const headers: Record<string, Buffer> = {};
  for (const [name, value] of Object.entries(record.headers)) headers[name] = Buffer.from(value);
  return { ...record, headers };
}
