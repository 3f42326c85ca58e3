import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';
import { Engine } from './clickhouse-http/engine.js';
import { replyTo } from './clickhouse-http/fault.js';
import { Places } from './clickhouse-http/places.js';
import { readBody } from './clickhouse-http/request-body.js';
import { sendReply } from './clickhouse-http/send-reply.js';
import { sessionStatements } from './clickhouse-http/session-settings.js';
import { readStatement } from './clickhouse-http/statement.js';

/**
 * A process of its own that owns one data directory and speaks ClickHouse's HTTP interface over chDB. It is for
 * development and tests: loopback only, no users. `UV_THREADPOOL_SIZE` must exceed the places, or the queries at work
 * would wait for each other's threads.
 */
const { values } = parseArgs({
  options: { port: { type: 'string' }, data: { type: 'string' }, chdb: { type: 'string' } },
});
const engine = new Engine(values.chdb!, values.data!);
const places = new Places(24, 500);

const server = createServer((request, response) => {
  const id = new URL(request.url ?? '/', 'http://stack').searchParams.get('query_id') || randomUUID();
  response.setHeader('X-ClickHouse-Query-Id', id);
  response.setHeader('X-ClickHouse-Server-Display-Name', 'milepost-native');
  response.setHeader('X-ClickHouse-Timezone', Intl.DateTimeFormat().resolvedOptions().timeZone);
  handle(request, response).catch((error: unknown) => refuse(response, error));
});
// A kept connection must outlive the client's idle time, or its next request meets a closed socket.
server.keepAliveTimeout = 120_000;
server.requestTimeout = 0;
server.listen(Number(values.port), '127.0.0.1');

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stack');
  const method = request.method ?? 'GET';
  if (pathname === '/ping' || (method === 'GET' && pathname === '/' && !searchParams.has('query'))) {
    response.end('Ok.\n');
    return;
  }
  if (pathname !== '/') {
    response.writeHead(404).end(`There is no handle ${pathname}; use / for queries and /ping for health.\n`);
    return;
  }
  const { bytes, parameters } = await readBody(request);
  for (const [name, value] of parameters) searchParams.append(name, value);
  const format = searchParams.get('default_format') ?? 'TabSeparated';
  const statement = readStatement(searchParams.get('query') ?? '', bytes, format);
  const settings = sessionStatements(searchParams, method);
  const asked = searchParams.get('enable_http_compression') === '1';
  const compress = asked && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  await places.hold(async () => {
    if (response.destroyed) return; // The client left while it waited.
    await engine.run(settings, statement, searchParams.get('wait_end_of_query') === '1', (reply) =>
      sendReply(request, response, { format: statement.kind === 'rows' ? statement.format : format, compress, reply }),
    );
  });
}

function refuse(response: ServerResponse, error: unknown): void {
  // A result that is under way has its status; a cut connection is how the client learns of the fault.
  if (response.headersSent || response.destroyed) {
    if (!response.destroyed) process.stderr.write(`A reply was cut: ${(error as Error).stack}\n`);
    response.destroy();
    return;
  }
  const { code, status, body } = replyTo(error, engine.version);
  if (code === 1002) process.stderr.write(`${(error as Error).stack}\n`); // Not the engine's: ours, for the log.
  response.writeHead(status, {
    'X-ClickHouse-Exception-Code': String(code),
    'Content-Type': 'text/plain; charset=UTF-8',
  });
  response.end(body);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close(() => {
      engine.close();
      process.exit(0);
    });
    server.closeIdleConnections();
  });
}
