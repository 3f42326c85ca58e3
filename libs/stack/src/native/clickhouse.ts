import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import { Child } from './child.js';
import { CHDB_HOME } from './install.js';

export interface NativeClickHouse {
  child: Child;
  url: string;
  port: number;
}

/** The real engine (chDB) behind ClickHouse's HTTP interface, in a process of its own: one process owns the data. */
export async function nativeClickHouse(dir: string, wanted?: number): Promise<NativeClickHouse> {
  mkdirSync(dir, { recursive: true });
  const port = await freePort(wanted);
  const server = fileURLToPath(new URL('chdb-server.js', import.meta.url));
  const child = new Child({
    name: 'clickhouse',
    command: process.execPath,
    args: [server, '--port', String(port), '--data', join(dir, 'data'), '--chdb', CHDB_HOME],
    env: { UV_THREADPOOL_SIZE: '16', NODE_OPTIONS: '' },
    dataDir: dir,
    ready: () => until('ClickHouse', () => ping(port), 60_000),
  });
  return { child, url: `http://127.0.0.1:${port}`, port };
}

async function ping(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/ping`, { signal: AbortSignal.timeout(2_000) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
}
