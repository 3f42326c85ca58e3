import type { Micros } from '@milepost/contracts';
import type { OutboxEntry } from './outbox.js';
import type { Topology } from './topology.js';

interface OpenPage {
  bodies: unknown[];
  bytes: number;
  offset: number;
  index: number;
}

/** A page is read, decoded and judged whole, so it stays small enough that nothing waits long behind it. */
const MAX_BODIES = 200;
const MAX_BYTES = 262_144;

/**
 * Packs the bodies of paged sinks. A page carries the tag of its last body, so that the offsets of a published range
 * are whole: a page never reaches over the end of the batch that it came from.
 */
export class PageWriter {
  private readonly open = new Map<string, OpenPage>();

  constructor(
    private readonly topology: Pick<Topology, 'sinks' | 'clockSink'>,
    private readonly partition: number,
  ) {}

  /** `bytes` is the size of the input record: a good enough measure of what its body will weigh in the page. */
  add(name: string, body: unknown, bytes: number, offset: number, index: number): OutboxEntry[] {
    const closed: OutboxEntry[] = [];
    let page = this.open.get(name);
    if (page && (page.bodies.length >= MAX_BODIES || page.bytes + bytes > MAX_BYTES)) {
      closed.push(this.close(name, page, null));
      page = undefined;
    }
    if (!page) this.open.set(name, (page = { bodies: [], bytes: 0, offset, index }));
    page.bodies.push(body);
    page.bytes += bytes;
    page.offset = offset;
    page.index = index;
    return closed;
  }

  finish(offset: number, index: number, clock: Micros | null): OutboxEntry[] {
    const { clockSink } = this.topology;
    if (clock !== null && clockSink && !this.open.has(clockSink))
      this.open.set(clockSink, { bodies: [], bytes: 0, offset, index });
    return [...this.open].map(([name, page]) => this.close(name, page, name === clockSink ? clock : null));
  }

  private close(name: string, page: OpenPage, clock: Micros | null): OutboxEntry {
    this.open.delete(name);
    const sink = this.topology.sinks[name]!;
    if (sink.mode !== 'page') throw new Error(`Sink ${name} is not paged.`);
    const value = sink.encodePage(page.bodies, clock);
    const { topic } = sink;
    return {
      offset: page.offset,
      index: page.index,
      record: { topic, partition: this.partition, key: null, value, headers: {}, timestamp: null },
    };
  }
}
