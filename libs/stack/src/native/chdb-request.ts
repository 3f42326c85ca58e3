/** The part of chDB that the server uses. */
export interface ChdbSession {
  query(sql: string, format?: string): string;
  queryAsync(
    sql: string,
    options?: { format?: string },
  ): Promise<{ bytes(): Uint8Array; rowsRead: number; bytesRead: number }>;
  close(): void;
}

/** URL parameters of ClickHouse's HTTP interface that are not settings. */
const RESERVED = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'session_id',
  'session_timeout',
  'session_check',
  'user',
  'password',
  'role',
  'quota_key',
  'compress',
  'decompress',
  'enable_http_compression',
  'wait_end_of_query',
  'buffer_size',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
]);

const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Statements that give a fresh session the request's database, settings and query parameters. */
export function prepare(parameters: URLSearchParams): string[] {
  const statements: string[] = [];
  const database = parameters.get('database');
  if (database && database !== 'default') statements.push(`USE \`${database.replaceAll('`', '')}\``);
  for (const [name, value] of parameters) {
    if (RESERVED.has(name)) continue;
    if (!/^[A-Za-z0-9_]+$/.test(name)) throw new Error(`Code: 115. DB::Exception: Bad setting name. (UNKNOWN_SETTING)`);
    statements.push(`SET ${name} = ${literal(value)}`);
  }
  return statements;
}

/** The statement: the `query` parameter followed by the body, as ClickHouse joins them. */
export function statementOf(parameters: URLSearchParams, body: string): string {
  const query = parameters.get('query');
  return query === null || query === '' ? body : body === '' ? query : `${query}\n${body}`;
}

/** ClickHouse's error code from its message, and the HTTP status that the server gives it. */
export function faultOf(message: string): { code: number; status: number } {
  const code = Number(/Code: (\d+)/.exec(message)?.[1] ?? 1002);
  const notFound = [60, 81].includes(code);
  const badRequest = [6, 26, 27, 36, 41, 42, 43, 44, 46, 47, 50, 53, 62, 70, 72, 115, 117, 386, 457].includes(code);
  return { code, status: notFound ? 404 : badRequest ? 400 : code === 159 ? 408 : 500 };
}
