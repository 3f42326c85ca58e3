import { sha256 } from '@milepost/contracts';
import type { Micros, Violation } from '@milepost/contracts';
import { DueIndex } from './due-index.js';
import type { LogRecord, OutRecord } from './log-record.js';
import type { OutboxEntry } from './outbox.js';
import { PageWriter } from './page-writer.js';
import { Tally } from './tally.js';
import type { Decision, DecisionContext, Decoded, Topology } from './topology.js';

/** Says of each record by itself what it follows from: topology/topic/partition/offset/index. The same in any replay. */
export const POSITION_HEADER = 'milepost-position';

export interface DecodedRecord<I> {
  record: LogRecord;
  decoded: Decoded<I>;
}

/** What a folded batch changes. All of it is stored in one atomic write, or none. */
export interface Changes<S> {
  states: Map<string, S>;
  /** New due instants; null: no longer due. */
  due: Map<string, Micros | null>;
  /** Accounts that are no more, with the hash by which they are known. */
  forgotten: Map<string, string>;
  /** Control records below this sequence number have been applied. */
  control: number;
  entries: OutboxEntry[];
  clock: Micros;
  tally: Tally;
}

export interface FoldOptions {
  /** Wall clock, for what is stamped at publication; never for a decision. */
  publishedAt: Micros;
  /** Append stream time to the clock sink after this batch. */
  appendClock: boolean;
}

/**
 * Folds the records of one partition through a topology, in memory. Pure: the host decides where states come from and
 * where changes go. Every account named by `accountsOf` must be in `states` before `fold` (absent ones start afresh).
 */
export class PartitionFold<S, I> {
  readonly states = new Map<string, S>();
  readonly due = new DueIndex();
  readonly pages: PageWriter;
  /** Hashes of the accounts that were forgotten. */
  readonly forgotten = new Set<string>();
  clock: Micros = 0;
  control = 0;

  constructor(
    readonly topology: Topology<S, I>,
    readonly partition: number,
  ) {
    this.pages = new PageWriter(topology, partition);
  }

  decode(records: readonly LogRecord[]): DecodedRecord<I>[] {
    return records.map((record) => ({ record, decoded: this.topology.decode(record) }));
  }

  /** The accounts that a fold of these records will touch, whose states are not in memory yet. */
  accountsOf(decoded: readonly DecodedRecord<I>[]): string[] {
    const accounts = new Set<string>();
    let clock = this.clock;
    for (const { decoded: step } of decoded) {
      if (step.kind !== 'inputs' && step.kind !== 'control') continue;
      for (const { account } of step.inputs ?? []) {
        if (!this.states.has(account) && !this.isForgotten(account)) accounts.add(account);
      }
      if (step.kind === 'inputs' && step.clock !== null && step.clock > clock) clock = step.clock;
    }
    if (this.topology.decideDue && this.due.anyDue(clock)) {
      for (const account of this.due.peek(clock)) if (!this.states.has(account)) accounts.add(account);
    }
    return [...accounts];
  }

  fold(decoded: readonly DecodedRecord<I>[], options: FoldOptions): Changes<S> {
    const batch = this.begin(options);
    batch.add(decoded);
    return batch.finish();
  }

  /** Whoever has a state in memory is not; so the hash is taken of few. */
  isForgotten(account: string): boolean {
    return this.forgotten.size > 0 && this.forgotten.has(sha256(account));
  }

  /** A fold of several parts, one after the other, that are stored as one. */
  begin(options: FoldOptions): BatchFold<S, I> {
    return new BatchFold(this, options);
  }
}

/** One pass over one batch: collects what the decisions ask for. */
export class BatchFold<S, I> {
  private readonly changes: Changes<S>;
  private offset = 0;
  private index = 0;
  private record: LogRecord | undefined;

  constructor(
    private readonly on: PartitionFold<S, I>,
    private readonly options: FoldOptions,
  ) {
    this.changes = {
      states: new Map(),
      due: new Map(),
      forgotten: new Map(),
      control: on.control,
      entries: [],
      clock: on.clock,
      tally: new Tally(),
    };
  }

  /** Of each part first `accountsOf`, then this. */
  add(decoded: readonly DecodedRecord<I>[]): void {
    for (const { record, decoded: step } of decoded) this.apply(record, step);
    this.on.clock = this.changes.clock;
    this.on.control = this.changes.control;
  }

  private apply(record: LogRecord, step: Decoded<I>): void {
    this.record = record;
    this.offset = record.offset;
    this.index = 0;
    const { tally } = this.changes;
    tally.add('records');
    if (step.kind === 'control') return this.applyControl(record, step);
    if (this.on.topology.clockSink) this.moveClock(record.timestamp);
    if (step.kind !== 'inputs') return this.turnAway(record, step);
    for (const { account, input } of step.inputs) {
      if (!this.on.states.has(account) && this.on.isForgotten(account)) {
        tally.add('erased');
        continue;
      }
      const state = this.stateOf(account);
      this.take(account, this.on.topology.decide(state, account, input, this.context(record)));
      tally.add('inputs');
    }
    if (step.clock !== null) this.tick(record, step.clock);
  }

  private applyControl(record: LogRecord, { sequence, inputs, relay }: Extract<Decoded<I>, { kind: 'control' }>): void {
    this.changes.tally.add('control');
    if (sequence >= this.changes.control) this.changes.control = sequence + 1;
    if (relay) this.emit(relay.sink, relay.body);
    for (const { account, input } of inputs ?? []) {
      this.take(account, this.on.topology.decide(this.stateOf(account), account, input, this.context(record)));
    }
  }

  /** Nothing of a forgotten account is kept, neither among the rejects nor by sending it home. */
  private turnAway(record: LogRecord, step: Extract<Decoded<I>, { kind: 'rejected' | 'misplaced' }>): void {
    if (record.key !== null && this.on.isForgotten(record.key.toString())) this.changes.tally.add('erased');
    else if (step.kind === 'rejected') this.reject(step.violations);
    else this.redirect(record, step.partition);
  }

  finish(): Changes<S> {
    const clock = this.options.appendClock && this.changes.clock > 0 ? this.changes.clock : null;
    this.changes.entries.push(...this.on.pages.finish(this.offset, this.index, clock));
    return this.changes;
  }

  private tick(record: LogRecord, clock: Micros): void {
    const previousStreamTime = this.changes.clock;
    this.moveClock(clock);
    const { topology, due } = this.on;
    if (!topology.decideDue) return;
    const now = this.changes.clock;
    for (let account = due.take(now); account !== undefined; account = due.take(now)) {
      this.changes.due.set(account, null);
      const context = { ...this.context(record), previousStreamTime };
      this.take(account, topology.decideDue(this.stateOf(account), account, context));
    }
  }

  private moveClock(to: Micros): void {
    if (to > this.changes.clock) this.changes.clock = to;
  }

  private context(record: LogRecord): DecisionContext {
    return {
      partition: this.on.partition,
      offset: record.offset,
      receivedAt: record.timestamp,
      streamTime: this.changes.clock,
      control: this.changes.control,
    };
  }

  private stateOf(account: string): S {
    let state = this.on.states.get(account);
    if (state === undefined) {
      state = this.on.topology.state.initial();
      this.on.states.set(account, state);
    }
    this.changes.states.set(account, state);
    return state;
  }

  private take(account: string, decision: Decision): void {
    for (const output of decision.outputs) {
      if (output.kind === 'emit') this.emit(output.sink, output.body);
      else if (output.kind === 'reject') this.reject(output.violations);
      else if (output.kind === 'drop') this.changes.tally.add(output.reason);
      else if (output.kind === 'forget') return this.forget(account);
      else this.changes.tally.add(output.name, output.by);
    }
    if (this.on.due.propose(account, decision.due)) this.changes.due.set(account, decision.due);
  }

  private forget(account: string): void {
    const hash = sha256(account);
    this.on.forgotten.add(hash);
    this.on.states.delete(account);
    this.on.due.remove(account);
    this.changes.states.delete(account);
    this.changes.due.set(account, null);
    this.changes.forgotten.set(account, hash);
  }

  private emit(name: string, body: unknown): void {
    const sink = this.on.topology.sinks[name];
    if (!sink) throw new Error(`Topology ${this.on.topology.name} has no sink ${name}; declare it in its sinks.`);
    this.changes.tally.add(`sink:${name}`);
    if (sink.mode === 'record') {
      // What goes to one topic keeps its order.
      const before = this.on.pages.closeFor(sink.topic);
      if (before) this.changes.entries.push(before);
      this.push(sink.encode(body, this.options.publishedAt));
    } else {
      const bytes = this.record?.value?.length ?? 0;
      const closed = this.on.pages.add(name, body, bytes, this.offset, this.index++);
      if (closed) this.changes.entries.push(closed);
    }
  }

  private reject(violations: readonly Violation[]): void {
    const { rejects } = this.on.topology;
    if (!rejects) throw new Error(`Topology ${this.on.topology.name} rejects a record but declares no rejects.`);
    this.changes.tally.add('rejected');
    for (const { code } of violations) this.changes.tally.add(`violation:${code}`);
    this.push(rejects.encode(this.record!, violations));
  }

  private redirect(record: LogRecord, partition: number): void {
    this.changes.tally.add('misplaced');
    const headers: OutRecord['headers'] = {};
    for (const [name, value] of Object.entries(record.headers)) {
      const last = Array.isArray(value) ? value.at(-1) : value;
      if (last !== undefined) headers[name] = last;
    }
    this.push({
      topic: this.on.topology.source,
      partition,
      key: record.key,
      value: record.value,
      headers,
      timestamp: record.timestamp,
    });
  }

  private push(record: OutRecord): void {
    const index = this.index++;
    const { topology, partition } = this.on;
    record.headers[POSITION_HEADER] = `${topology.name}/${topology.source}/${partition}/${this.offset}/${index}`;
    this.changes.entries.push({ offset: this.offset, index, record });
  }
}
