import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { faultOf, prepare, statementOf } from './chdb-request.js';
import type { ChdbSession } from './chdb-request.js';

/**
 * Speaks ClickHouse's HTTP interface over chDB. Every request gets a session of its own on the same data: settings and
 * parameters of one never reach another, and a quick query does not wait behind a slow one.
 */
const { values } = parseArgs({
  options: { port: { type: 'string' }, data: { type: 'string' }, chdb: { type: 'string' } },
});
const require = createRequire(join(values.chdb!, 'package.json'));
const { Session } = require('chdb') as { Session: new (path: string) => ChdbSession };

const MAX_BODY_BYTES = 256 * 1024 * 1024;

/** Keeps the data directory bound while no request runs. */
const keeper = new Session(values.data!);
keeper.query('SELECT 1');

const server = createServer((request, response) => {
  handle(request, response).catch((error: Error) => fail(response, error.message));
});
// A client's kept connection must not be cut while it sends its next request.
server.keepAliveTimeout = 120_000;
server.listen(Number(values.port), '127.0.0.1');

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/ping' || (request.method === 'GET' && !url.searchParams.has('query'))) {
    response.end('Ok.\n');
    return;
  }
  const body = await readBody(request);
  const queryId = url.searchParams.get('query_id') ?? randomUUID();
  response.setHeader('X-ClickHouse-Query-Id', queryId);
  const session = new Session(values.data!);
  try {
    for (const statement of prepare(url.searchParams)) session.query(statement);
    const format = url.searchParams.get('default_format') ?? 'TabSeparated';
    const result = await session.queryAsync(statementOf(url.searchParams, body), { format });
    const { rowsRead, bytesRead } = result;
    const summary = { read_rows: String(rowsRead), read_bytes: String(bytesRead) };
    response.setHeader('X-ClickHouse-Summary', JSON.stringify(summary));
    response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
    response.end(Buffer.from(result.bytes()));
  } finally {
    session.close();
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new Error('Code: 307. DB::Exception: The request body is too large. (TOO_MANY_BYTES)');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const plain =
    request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes, { maxOutputLength: MAX_BODY_BYTES }) : bytes;
  return plain.toString('utf8');
}

function fail(response: ServerResponse, message: string): void {
  const { code, status } = faultOf(message);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    'X-ClickHouse-Exception-Code': String(code),
    'Content-Type': 'text/plain; charset=UTF-8',
  });
  response.end(message.endsWith('\n') ? message : `${message}\n`);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    server.close(() => {
      keeper.close();
      process.exit(0);
    });
    server.closeIdleConnections();
  });
}
