import type { Micros } from '@milepost/contracts';

interface Held<T> {
  at: Micros;
  order: number;
  item: T;
}

/** What is still on its way, the next to arrive on top (a binary heap); at equal times the first held comes first. */
export class HeldRecords<T> {
  private readonly heap: Held<T>[] = [];
  private order = 0;

  hold(at: Micros, item: T): void {
    const { heap } = this;
    const entry = { at, order: this.order++, item };
    let i = heap.length;
    for (; i > 0; i = (i - 1) >> 1) {
      const parent = heap[(i - 1) >> 1]!;
      if (isBefore(parent, entry)) break;
      heap[i] = parent;
    }
    heap[i] = entry;
  }

  /** Takes, in order, what arrives before `until`. */
  *take(until: Micros): Generator<T, void, undefined> {
    while (this.heap.length > 0 && this.heap[0]!.at < until) yield this.pop();
  }

  private pop(): T {
    const { heap } = this;
    const top = heap[0]!;
    const last = heap.pop()!;
    const size = heap.length;
    if (size === 0) return top.item;
    let i = 0;
    for (let child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && isBefore(heap[child + 1]!, heap[child]!)) child++;
      if (isBefore(last, heap[child]!)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return top.item;
  }
}

const isBefore = <T>(a: Held<T>, b: Held<T>): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
