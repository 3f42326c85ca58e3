export type StackKind = 'external' | 'docker' | 'native';

/** Where the three parts answer. The same shape stands in `.milepost/stack.json`. */
export interface StackAddresses {
  kafka: { brokers: string[] };
  redis: { url: string };
  clickhouse: { url: string };
}

/** One part that this process runs, for tests that break it. */
export interface Part {
  pid(): number | undefined;
  /** Ends it without warning, as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface Stack {
  kind: StackKind;
  addresses: StackAddresses;
  /** Only of a native stack. */
  parts: { kafka: Part; redis: Part; clickhouse: Part } | null;
  stop(): Promise<void>;
}

export interface StackOptions {
  kind?: StackKind;
  /** Data, logs and process ids of a native stack. */
  dataDir: string;
  onProgress?: (line: string) => void;
}
