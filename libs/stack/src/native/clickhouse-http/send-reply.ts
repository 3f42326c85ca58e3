import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Reply } from './engine.js';

/** Writes a reply as fast as the client reads it, gzipped when both sides said so. */
export async function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  { format, compress, reply }: { format: string; compress: boolean; reply: Reply },
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': contentType(format),
    'X-ClickHouse-Format': format,
    'X-ClickHouse-Summary': JSON.stringify({
      ...reply.summary,
      total_rows_to_read: '0',
      result_rows: '0',
      result_bytes: '0',
    }),
    ...(compress ? { 'Content-Encoding': 'gzip' } : {}),
  });
  const chunks = Readable.from(reply.chunks, { objectMode: false });
  if (request.method === 'HEAD') response.end();
  else if (compress) await pipeline(chunks, createGzip({ level: 3 }), response);
  else await pipeline(chunks, response);
}

function contentType(format: string): string {
  if (/^(JSON\w*EachRow|JSONLines|NDJSON)/.test(format)) return 'application/x-ndjson; charset=UTF-8';
  if (/^JSON/.test(format)) return 'application/json; charset=UTF-8';
  if (/^(TSV|TabSeparated)/.test(format)) return 'text/tab-separated-values; charset=UTF-8';
  if (/^CSV/.test(format)) return 'text/csv; charset=UTF-8';
  if (/^(RowBinary|Native|Parquet|Arrow|Avro|ORC)/.test(format)) return 'application/octet-stream';
  return 'text/plain; charset=UTF-8';
}
