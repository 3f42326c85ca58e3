import { describe, expect, it } from '@jest/globals';
import avro from 'avsc';
import fc from 'fast-check';
import { AvroWriter } from './avro-writer.js';

const LONG = avro.Type.forSchema('long');
const STRING = avro.Type.forSchema('string');
const BYTES = avro.Type.forSchema('bytes');
/** What avsc is sure to read exactly. */
const LEAST = -(2 ** 51);
const MOST = 2 ** 52;
const LONGS = avro.Type.forSchema({ type: 'array', items: 'long' });

describe('1. What the writer writes, avsc reads', () => {
  const writer = new AvroWriter();
  const written = (write: () => void): Buffer => {
    write();
    return writer.take();
  };

  it('1.1 whole numbers', () => {
    const edges = [0, 63, 64, 2 ** 30, 2 ** 31, 2 ** 32, 2 ** 52, 2 ** 53 - 1].flatMap((edge) => [edge - 1, edge, edge + 1]); // prettier-ignore
    const safe = edges.flatMap((edge) => [edge, -edge]).filter((one) => one >= LEAST && one <= MOST);
    for (const one of safe) expect(LONG.fromBuffer(written(() => writer.long(one)))).toBe(one + 0);
    fc.assert(
      fc.property(
        fc.integer({ min: LEAST, max: MOST }),
        (one) => LONG.fromBuffer(written(() => writer.long(one))) === one,
      ),
    );
  });

  it('1.2 texts', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(fc.property(texts, (text) => STRING.fromBuffer(written(() => writer.string(text))) === text));
    fc.assert(
      fc.property(fc.nat(100), (length) => {
        const text = 'x'.repeat(length);
        expect(written(() => writer.string(text))).toEqual(STRING.toBuffer(text));
      }),
    );
  });

  it('1.3 bytes, and values of any type, beyond the memory that it began with', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => i * 1_000_003);
    const bytes = Buffer.alloc(300_000, 7);
    writer.bytes(bytes);
    writer.value(LONGS, many);
    const all = writer.take();
    const first = BYTES.toBuffer(bytes).length;
    expect(bytes.equals(BYTES.fromBuffer(all.subarray(0, first)) as Buffer)).toBe(true);
    expect(LONGS.toBuffer(many).equals(all.subarray(first))).toBe(true);
  });

  it('1.4 and what was taken stays as it was', () => {
    const one = written(() => writer.string('first'));
    written(() => writer.string('other'));
    expect(STRING.fromBuffer(one)).toBe('first');
  });

  it('1.5 however much is taken', () => {
    const taken = Array.from({ length: 3_000 }, (_, i) => written(() => writer.string(`${i}-`.padEnd(i % 400, 'x'))));
    taken.forEach((bytes, i) => expect(STRING.fromBuffer(bytes)).toBe(`${i}-`.padEnd(i % 400, 'x')));
  });
});
