export type StackKind = 'external' | 'docker' | 'native';

/** Each has a folder of its own in the data directory. */
export const PARTS = ['kafka', 'redis', 'clickhouse'] as const;

/** In the data directory: process ids, and notes of what was done with the data. */
export const RUN_FOLDER = 'run';

/** Where the three parts answer. The same shape stands in `.milepost/stack.json`. */
export interface StackAddresses {
  kafka: { brokers: string[] };
  redis: { url: string };
  clickhouse: { url: string };
}

/** One part that this process runs, for tests that break it. Data and address outlive every one of these. */
export interface Part {
  /** Process id of a native part while it runs. */
  pid(): number | undefined;
  /** Ends it without warning (SIGKILL), as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when it answers. */
  start(): Promise<void>;
  restart(): Promise<void>;
}

export interface Stack {
  kind: StackKind;
  addresses: StackAddresses;
  /** Not of an external stack: that is not ours to break. */
  parts: { kafka: Part; redis: Part; clickhouse: Part } | null;
  stop(): Promise<void>;
}

export type Ports = Record<'kafka' | 'controller' | 'redis' | 'clickhouse', number>;

export interface StackOptions {
  /** Otherwise MILEPOST_STACK, otherwise the first that is there: external, docker, native. */
  kind?: StackKind;
  /** Data, ports, logs and process ids. A second start on it goes on with the same data. */
  dataDir: string;
  /** Forgets the data first; not that of an external stack. */
  fresh?: boolean;
  /** Ports to use where they are free; otherwise those of the last start, otherwise free ones. */
  ports?: Partial<Ports>;
  onProgress?: (line: string) => void;
}
