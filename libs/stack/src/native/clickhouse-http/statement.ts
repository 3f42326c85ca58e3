import { Fault } from './fault.js';

/** How a statement must be run. `data` begins after the `FORMAT name` or `VALUES` that announces it. */
export type Statement =
  { kind: 'insert'; prefix: string; data: Buffer } | { kind: 'rows'; sql: string; format: string; streamable: boolean };

/** The head of an insert is this long at most; what follows is data and stays bytes. */
const HEAD_BYTES = 1 << 16;

const NAME = String.raw`(?:\w+|\{[^{}]*\})`;
const TABLE = String.raw`(?:table\s+)?${NAME}(?:\s*\.\s*${NAME})?\s*`;
const COLUMNS = String.raw`(?:\((?:[^()]|\([^()]*\))*\)\s*)?`;
const INSERT = new RegExp(
  String.raw`^\s*insert\s+into\s+${TABLE}${COLUMNS}(?:settings\s[^()]*?)?\b(?:format\s+\w+|values)(?!\w)`,
  'i',
);

/** Formats without header, footer or envelope: chDB formats each chunk of a stream by itself. */
const LINES =
  /^(?:JSONEachRow|JSONStringsEachRow|JSONCompactEachRow|JSONCompactStringsEachRow|JSONLines|NDJSON|TSV|TabSeparated|TSVRaw|TabSeparatedRaw|CSV|RowBinary)$/i;

/** Reads a request's statement, the `query` parameter and the body joined as ClickHouse joins them. */
export function readStatement(query: string, body: Buffer, defaultFormat: string): Statement {
  const all =
    query === '' ? body : body.length === 0 ? Buffer.from(query) : Buffer.concat([Buffer.from(`${query}\n`), body]);
  // latin1 keeps one character a byte, so that positions in the outline are positions in the bytes.
  const head = outline(all.subarray(0, HEAD_BYTES).toString('latin1'));
  const insert = INSERT.exec(head);
  if (insert) {
    // As the server: blanks up to the end of the line, and the one line end, are not data.
    const rest = all.subarray(insert[0].length);
    const gap = /^[ \t\f]*\r?\n?/.exec(rest.subarray(0, HEAD_BYTES).toString('latin1'))![0].length;
    return { kind: 'insert', prefix: all.subarray(0, insert[0].length).toString('utf8'), data: rest.subarray(gap) };
  }
  const sql = all.toString('utf8');
  const code = all.length > HEAD_BYTES ? outline(all.toString('latin1')) : head;
  refuse(code);
  const format = /\bformat\s+(\w+)(?:\s+settings\b[^;]*)?[\s;]*$/i.exec(code)?.[1] ?? defaultFormat;
  return { kind: 'rows', sql, format, streamable: LINES.test(format) && isPlainRead(code) };
}

/** The same text with literals, quoted names and comments made harmless, every character in its place. */
export function outline(sql: string): string {
  const token = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|--[^\n]*|\/\*[^]*?\*\//gs;
  return sql.replace(token, (text) => (/^['"`]/.test(text) ? 'x' : ' ').repeat(text.length));
}

function refuse(code: string): void {
  if (code.trim() === '') throw new Fault(62, 'SYNTAX_ERROR', 'Syntax error: Empty query.');
  // The server takes one statement a request; the embedded engine would run them all.
  if (/;\s*[^\s;]/.test(code)) throw new Fault(62, 'SYNTAX_ERROR', 'Syntax error (Multi-statements are not allowed).');
  if (/\binto\s+outfile\b/i.test(code)) {
    throw new Fault(358, 'INTO_OUTFILE_NOT_ALLOWED', 'INTO OUTFILE is not allowed.');
  }
  // chDB drops the data of such an insert in silence.
  if (/^\s*insert\b/i.test(code) && /\binput\s*\(/i.test(code)) {
    throw new Fault(
      48,
      'NOT_IMPLEMENTED',
      'The native stack has no INSERT … SELECT … FROM input(); insert into a table.',
    );
  }
}

/**
 * Whether a stream may be opened: chDB computes scalar subqueries and sets while it opens one, on the thread that
 * serves everybody. Those queries are run whole, on a thread of their own.
 */
function isPlainRead(code: string): boolean {
  const subqueries = code.match(/(\b\w+\s*|[^\w\s]\s*)\(\s*(?:select|with)\b/gi) ?? [];
  return /^[\s(]*(?:select|with|from)\b/i.test(code) && subqueries.every((one) => /^(?:from|join|as)\b/i.test(one));
}
