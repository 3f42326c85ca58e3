import { describe, expect, it } from '@jest/globals';
import type { OutboxEntry } from './outbox.js';
import { PageWriter } from './page-writer.js';
import type { Sink, Topology } from './topology.js';

const paged = (topic: string): Sink => ({
  topic,
  mode: 'page',
  write: (body, to) => to.raw(Buffer.from(`${JSON.stringify(body)},`)),
  frame: (count, bodies, clock) => {
    const list = bodies.toString().slice(0, -1);
    return Buffer.from(`{"bodies":[${list}],"clock":${clock},"count":${count}}`);
  },
  cutPage: (page) => page,
});
const topology: Pick<Topology, 'sinks' | 'clockSink'> = {
  sinks: {
    journey: paged('the.journey'),
    other: paged('the.other'),
    single: { topic: 'single', mode: 'record', encode: () => ({}) as never },
  },
  clockSink: 'journey',
};

/** What a page holds, beside its place. */
function read({ offset, index, record }: OutboxEntry) {
  const { bodies, clock } = JSON.parse(record.value!.toString()) as { bodies: unknown[]; clock: number | null };
  return { topic: record.topic, offset, index, bodies, clock };
}

/** Adds bodies 0, 1, … of so many bytes; the input offset is ten more than the body. */
function write(count: number, bytes: number, clock: number | null) {
  const writer = new PageWriter(topology, 3);
  const closed: OutboxEntry[] = [];
  for (let i = 0; i < count; i++)
    closed.push(...[writer.add('journey', i, bytes, 10 + i, i % 2)].filter((one) => one !== null));
  return [...closed, ...writer.finish(10 + count - 1, 7, clock)].map(read);
}
const sizes = (pages: ReturnType<typeof write>) => pages.map(({ bodies }) => bodies.length);

describe('1. A page is closed', () => {
  it('1.1 when it holds 200 bodies', () => {
    expect(sizes(write(200, 1, null))).toEqual([200]);
    expect(sizes(write(401, 1, null))).toEqual([200, 200, 1]);
  });

  it('1.2 before it is larger than 256 KiB', () => {
    expect(sizes(write(4, 65_536, null))).toEqual([4]);
    expect(sizes(write(5, 65_536, null))).toEqual([4, 1]);
    expect(sizes(write(4, 65_537, null))).toEqual([3, 1]);
  });

  it('1.3 at once around a body that is larger by itself', () => {
    expect(sizes(write(3, 1_048_576, null))).toEqual([1, 1, 1]);
  });

  it('1.4 at the end of the batch, with nothing left behind', () => {
    const writer = new PageWriter(topology, 3);
    writer.add('journey', 'a', 1, 10, 0);
    expect(writer.finish(10, 1, null)).toHaveLength(1);
    expect(writer.finish(10, 1, null)).toEqual([]);
  });
});

describe('2. A page says', () => {
  it('2.1 the place of its last body', () => {
    expect(write(201, 1, null).map(({ offset, index }) => [offset, index])).toEqual([[209, 1], [210, 0]]); // prettier-ignore
  });

  it('2.2 its bodies in order, none twice', () => {
    expect(write(450, 1_000, null).flatMap(({ bodies }) => bodies)).toEqual(Array.from({ length: 450 }, (_, i) => i));
  });

  it('2.3 its partition; it has no key', () => {
    const [entry] = new PageWriter(topology, 3).finish(10, 0, 99);
    expect(entry!.record).toMatchObject({
      topic: 'the.journey',
      partition: 3,
      key: null,
      headers: {},
      timestamp: null,
    });
  });
});

describe('3. The clock', () => {
  it('3.1 stands in the last page alone: what is before it must be read before it', () => {
    expect(write(401, 1, 99).map(({ clock }) => clock)).toEqual([null, null, 99]);
  });

  it('3.2 has a page of its own when nothing else is sent', () => {
    expect(write(0, 0, 99)).toEqual([{ topic: 'the.journey', offset: 9, index: 7, bodies: [], clock: 99 }]);
  });

  it('3.3 goes to its sink alone', () => {
    const writer = new PageWriter(topology, 3);
    writer.add('other', 'a', 1, 10, 0);
    expect(writer.finish(10, 1, 99).map(read)).toEqual([
      { topic: 'the.other', offset: 10, index: 0, bodies: ['a'], clock: null },
      { topic: 'the.journey', offset: 10, index: 1, bodies: [], clock: 99 },
    ]);
  });
});

it('4. A sink of single records is refused', () => {
  const writer = new PageWriter(topology, 3);
  expect(() => writer.add('single', 'a', 1, 10, 0)).toThrow('Sink single is not paged.');
});
