import { AvroWriter } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { OutboxEntry } from './outbox.js';
import type { PageSink, Topology } from './topology.js';

/** A page is read, decoded and judged whole, so it stays small enough that nothing waits long behind it. */
const MAX_BODIES = 200;
const MAX_BYTES = 262_144;

/** What is written of the page that a sink has open. */
class OpenPage {
  readonly bodies = new AvroWriter();
  count = 0;
  /** Of the inputs that the bodies came from. */
  bytes = 0;
  offset = 0;
  index = 0;

  constructor(readonly sink: PageSink) {}

  isFullFor(bytes: number): boolean {
    return this.count >= MAX_BODIES || (this.count > 0 && this.bytes + bytes > MAX_BYTES);
  }

  close(partition: number, clock: Micros | null): OutboxEntry {
    const { sink, offset, index, count } = this;
    const value = sink.frame(count, this.bodies.take(), clock);
    this.count = 0;
    this.bytes = 0;
    return { offset, index, record: { topic: sink.topic, partition, key: null, value, headers: {}, timestamp: null } };
  }
}

/**
 * Packs the bodies of paged sinks. A page carries the tag of its last body, so that the offsets of a published range
 * are whole: a page never reaches over the end of the batch that it came from.
 */
export class PageWriter {
  private readonly pages = new Map<string, OpenPage>();

  constructor(
    private readonly topology: Pick<Topology, 'sinks' | 'clockSink'>,
    private readonly partition: number,
  ) {}

  /**
   * Returns the page that had to be closed before, if one had. `bytes` is the size of the input record: a good enough
   * measure of what its body will weigh in the page.
   */
  add(name: string, body: unknown, bytes: number, offset: number, index: number): OutboxEntry | null {
    const page = this.pageOf(name);
    const closed = page.isFullFor(bytes) ? page.close(this.partition, null) : null;
    page.sink.write(body, page.bodies);
    page.count++;
    page.bytes += bytes;
    page.offset = offset;
    page.index = index;
    return closed;
  }

  /** Closes the page that is open for a topic, so that a record of that topic can follow what is in it. */
  closeFor(topic: string): OutboxEntry | null {
    for (const page of this.pages.values()) {
      if (page.count > 0 && page.sink.topic === topic) return page.close(this.partition, null);
    }
    return null;
  }

  finish(offset: number, index: number, clock: Micros | null): OutboxEntry[] {
    const { clockSink } = this.topology;
    const clockPage = clock !== null && clockSink ? this.pageOf(clockSink) : null;
    if (clockPage?.count === 0) Object.assign(clockPage, { offset, index });
    const closed: OutboxEntry[] = [];
    for (const page of this.pages.values()) {
      if (page === clockPage) closed.push(page.close(this.partition, clock));
      else if (page.count > 0) closed.push(page.close(this.partition, null));
    }
    return closed;
  }

  private pageOf(name: string): OpenPage {
    let page = this.pages.get(name);
    if (!page) {
      const sink = this.topology.sinks[name]!;
      if (sink.mode !== 'page') throw new Error(`Sink ${name} is not paged.`);
      this.pages.set(name, (page = new OpenPage(sink)));
    }
    return page;
  }
}
