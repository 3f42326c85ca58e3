import { join } from 'node:path';
import { clickhouseAnswers } from '../answers/clickhouse-answers.js';
import { CHDB_SERVER } from '../paths.js';
import { until } from '../until.js';
import { CHDB_HOME } from './install.js';
import { NativePart } from './native-part.js';

/** The real engine (chDB) behind ClickHouse's HTTP interface, in a process of its own: one process owns the data. */
export function nativeClickHouse(dir: string, port: number, onLost: (line: string) => void): NativePart {
  return new NativePart({
    name: 'clickhouse',
    command: process.execPath,
    args: [CHDB_SERVER, '--port', String(port), '--data', join(dir, 'data'), '--chdb', CHDB_HOME],
    // More threads than places for queries (chdb-server.ts); the caller's Node options are not for it.
    env: { UV_THREADPOOL_SIZE: '32', NODE_OPTIONS: '' },
    dir,
    ready: () => until('ClickHouse', () => clickhouseAnswers(port), 60_000, 50),
    onLost,
  });
}
