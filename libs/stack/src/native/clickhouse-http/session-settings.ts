import { Fault } from './fault.js';

/** URL parameters of the HTTP interface that say how to talk, not how to compute. */
const TRANSPORT = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'role',
  'quota_key',
  'enable_http_compression',
  'wait_end_of_query',
  'buffer_size',
]);

/** What the native stack does not speak; refused by name, never ignored. */
const UNSUPPORTED = ['session_id', 'compress', 'decompress'];

/** A text as ClickHouse reads it back between single quotes. */
const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/**
 * Statements that give a fresh session what a request asks for: its database, its settings and its query parameters
 * (`param_name`, in the escaped form that the client sends). Like the server, a GET may only read.
 */
export function sessionStatements(parameters: URLSearchParams, method: string): string[] {
  const unsupported = UNSUPPORTED.find((name) => (parameters.get(name) ?? '0') !== '0');
  if (unsupported) {
    throw new Fault(48, 'NOT_IMPLEMENTED', `The native stack does not speak ${unsupported}; leave it out.`);
  }
  const assignments: string[] = [];
  for (const [name, value] of parameters) {
    if (TRANSPORT.has(name) || UNSUPPORTED.includes(name)) continue;
    if (!/^\w+$/.test(name)) throw new Fault(115, 'UNKNOWN_SETTING', `Unknown setting '${name}'.`);
    assignments.push(`${name} = ${literal(value)}`);
  }
  if (method === 'GET' && !parameters.has('readonly')) assignments.push('readonly = 2');
  const database = parameters.get('database') ?? '';
  return [
    ...(database === '' ? [] : [`USE \`${database.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``]),
    ...(assignments.length === 0 ? [] : [`SET ${assignments.join(', ')}`]),
  ];
}
