import type { AvroWriter, Micros, Violation } from '@milepost/contracts';
import type { LogRecord, OutRecord } from './log-record.js';
import type { Output } from './output.js';

/** What a raw record means to a topology. */
export type Decoded<I> =
  /** Inputs for accounts of this partition, in order, then perhaps a clock: stream time has moved on. */
  | { kind: 'inputs'; inputs: readonly { account: string; input: I }[]; clock: Micros | null }
  | { kind: 'rejected'; violations: readonly Violation[] }
  /**
   * A marker of a control record, whose sequence number it names: decisions change here. It moves no clock. Its inputs
   * reach forgotten accounts too. Null: of a kind that this version does not know, so that it must not go on.
   */
  | {
      kind: 'control';
      sequence: number;
      inputs: readonly { account: string; input: I }[] | null;
      /** What goes on from here when it concerns no account: the sink of its marker, and the marker. */
      relay?: { sink: string; body: unknown };
    }
  /** The key belongs to another partition (a client with another partitioner): sent on, once. */
  | { kind: 'misplaced'; partition: number };

export interface DecisionContext {
  partition: number;
  offset: number;
  /** Timestamp of the input record. */
  receivedAt: Micros;
  /** Largest clock seen on this partition; 0 before the first. */
  streamTime: Micros;
  /** Control records below this sequence number apply. Absent: none. */
  control?: number;
}

export interface DueContext extends DecisionContext {
  /** Stream time before the record that moved it to `streamTime`. */
  previousStreamTime: Micros;
}

export interface Decision {
  outputs: readonly Output[];
  /** The next instant of stream time at which the account must be looked at; null: none. */
  due: Micros | null;
}

/** How bodies for a sink become records. A paged sink packs the bodies of one batch into few records. */
export type Sink = { topic: string; mode: 'record'; encode(body: unknown, publishedAt: Micros): OutRecord } | PageSink;

export interface PageSink {
  topic: string;
  mode: 'page';
  /** Writes a body at once, so that nothing of it is kept until its page is full. */
  write(body: unknown, to: AvroWriter): void;
  /** The page around what was written of `count` bodies. */
  frame(count: number, bodies: Buffer, clock: Micros | null): Buffer;
  /** The page without what came from inputs below `from`, which is out already. */
  cutPage(page: Buffer, from: number): Buffer;
}

export interface StateCodec<S> {
  initial(): S;
  write(state: S, to: AvroWriter): void;
  /** Throws when the bytes are of no version that it knows. */
  decode(bytes: Buffer): S;
  /** Absent: there is one version only. */
  versions?: StateVersions;
}

/** How versions of the code that run side by side, or one after the other, read each other's states. */
export interface StateVersions {
  /** What `write` writes with. */
  readonly schema: string;
  knows(bytes: Buffer): boolean;
  /** Takes in what another version writes with. One that can't be resolved stays unknown. */
  learn(schema: string): void;
}

/**
 * A stream processor as a value. Nothing in it does IO, reads a clock or draws chance: a host (the Kafka runtime, the
 * test driver, a backtest) folds records through it and gets the same answer.
 */
export interface Topology<S = unknown, I = unknown> {
  name: string;
  /** Changes whenever code changes outputs. */
  version: string;
  source: string;
  description: string;
  decode(record: LogRecord): Decoded<I>;
  state: StateCodec<S>;
  /** Owns `state` and may update it in place: the host never looks at an older one again. Synchronous and total. */
  decide(state: S, account: string, input: I, context: DecisionContext): Decision;
  /** Called at a clock for each account whose due instant has come, in (due, account) order. */
  decideDue?(state: S, account: string, context: DueContext): Decision;
  sinks: Record<string, Sink>;
  /** Where rejected records go, and how. */
  rejects?: { topic: string; encode(record: LogRecord, violations: readonly Violation[]): OutRecord };
  /**
   * The source takes records from anyone, so its markers count only where the control log holds what they say; and the
   * host of this topology is the one that appends them.
   */
  checksMarkers?: true;
  /** The paged sink to which the host appends stream time, when this topology is the one that carries it. */
  clockSink?: string;
}
