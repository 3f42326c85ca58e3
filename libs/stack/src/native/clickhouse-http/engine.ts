import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Statement } from './statement.js';
import { sendStreamed } from './streamed-result.js';
import type { Fetched } from './streamed-result.js';

/** chDB's native calls. Its public `Session` takes an insert only as text, and keeps closed sessions while others work. */
interface Native {
  CreateConnection(path: string): object;
  CloseConnection(connection: object): void;
  QueryWithConnection(connection: object, sql: string, format: string): string;
  QueryAsyncConnection(connection: object, sql: string, format: string): Promise<RowsResult>;
  InsertRawAsyncConnection(
    connection: object,
    prefix: string,
    data: Buffer,
    countLines: boolean,
  ): Promise<InsertResult>;
  StreamQuery(connection: object, sql: string, format: string): object;
  StreamFetch(stream: object): Promise<Fetched>;
  StreamCancel(stream: object): void;
}
interface RowsResult {
  bytes: Uint8Array;
  elapsed: number;
  rowsRead: number;
  bytesRead: number;
}
interface InsertResult {
  elapsed: number;
  rowsWritten: number;
  bytesWritten: number;
}

/** Figures of `X-ClickHouse-Summary`; decimal texts, as the server writes them. */
export type Summary = Record<'read_rows' | 'read_bytes' | 'written_rows' | 'written_bytes' | 'elapsed_ns', string>;

export interface Reply {
  summary: Summary;
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

const summary = (read: [number, number], written: [number, number], seconds: number): Summary => ({
  read_rows: String(read[0]),
  read_bytes: String(read[1]),
  written_rows: String(written[0]),
  written_bytes: String(written[1]),
  elapsed_ns: String(Math.round(seconds * 1e9)),
});

/** One data directory. Every request gets a connection of its own, so nothing that it sets reaches another. */
export class Engine {
  readonly version: string;
  private readonly native: Native;
  private readonly keeper: object;

  constructor(
    chdbHome: string,
    private readonly path: string,
  ) {
    const require = createRequire(join(chdbHome, 'package.json'));
    const loader = join(chdbHome, 'node_modules/chdb/dist/loader.js');
    this.native = (require(loader) as { loadNative(): Native }).loadNative();
    // Held for the life of the process: without it the engine would leave the directory between requests.
    this.keeper = this.native.CreateConnection(path);
    this.version = this.native.QueryWithConnection(this.keeper, 'SELECT version()', 'TabSeparatedRaw').trim();
  }

  /** Runs a statement in a fresh session; `send` gets the reply while the session is open. */
  async run(
    settings: string[],
    statement: Statement,
    whole: boolean,
    send: (reply: Reply) => Promise<void>,
  ): Promise<void> {
    const connection = this.native.CreateConnection(this.path);
    try {
      for (const setting of settings) this.native.QueryWithConnection(connection, setting, 'Null');
      if (statement.kind === 'insert') await send(await this.insert(connection, statement.prefix, statement.data));
      else if (statement.streamable && !whole) {
        const stream = this.native.StreamQuery(connection, statement.sql, statement.format);
        const fetch = () => this.native.StreamFetch(stream);
        await sendStreamed({ fetch, cancel: () => this.native.StreamCancel(stream) }, (chunks) =>
          send({ summary: summary([0, 0], [0, 0], 0), chunks }),
        );
      } else await send(await this.rows(connection, statement.sql, statement.format));
    } finally {
      this.native.CloseConnection(connection);
    }
  }

  close(): void {
    this.native.CloseConnection(this.keeper);
  }

  private async insert(connection: object, prefix: string, data: Buffer): Promise<Reply> {
    // Without a byte chDB says NO_DATA_TO_INSERT; the server takes an insert of nothing.
    const bytes = data.length === 0 ? Buffer.from('\n') : data;
    const result = await this.native.InsertRawAsyncConnection(connection, prefix, bytes, false);
    const written: [number, number] = [result.rowsWritten, result.bytesWritten];
    return { summary: summary([result.rowsWritten, data.length], written, result.elapsed), chunks: [] };
  }

  private async rows(connection: object, sql: string, format: string): Promise<Reply> {
    const { bytes, rowsRead, bytesRead, elapsed } = await this.native.QueryAsyncConnection(connection, sql, format);
    return { summary: summary([rowsRead, bytesRead], [0, 0], elapsed), chunks: [bytes] };
  }
}
