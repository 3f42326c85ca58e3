import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Fault } from './fault.js';

export const MAX_BODY_BYTES = 256 * 1024 * 1024;

const DECODERS = { gzip: promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };

export interface RequestBody {
  bytes: Buffer;
  /** Parts of a multipart body other than its `query`: parameters too long for a URL. */
  parameters: [name: string, value: string][];
}

export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const bytes = await decode(await collect(request), request.headers['content-encoding'] ?? 'identity');
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { bytes, parameters: [] };
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData();
  const parts = [...form].map(([name, value]): [string, string] => [name, String(value)]);
  const query = parts.find(([name]) => name === 'query')?.[1] ?? '';
  return { bytes: Buffer.from(query), parameters: parts.filter(([name]) => name !== 'query') };
}

async function collect(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is still read, so that the client can read the refusal.
    if (size > MAX_BODY_BYTES) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (size > MAX_BODY_BYTES) {
    throw new Fault(
      307,
      'TOO_MANY_BYTES',
      `A request may have ${MAX_BODY_BYTES} bytes; this has ${size}. Send it in parts.`,
    );
  }
  return Buffer.concat(chunks);
}

async function decode(bytes: Buffer, encoding: string): Promise<Buffer> {
  if (encoding === 'identity' || bytes.length === 0) return bytes;
  const decoder = DECODERS[encoding as keyof typeof DECODERS];
  if (!decoder)
    throw new Fault(89, 'UNKNOWN_COMPRESSION_METHOD', `Content-Encoding ${encoding}; use gzip, deflate or br.`);
  return decoder(bytes, { maxOutputLength: MAX_BODY_BYTES }).catch((error: Error) => {
    throw new Fault(354, 'ZLIB_INFLATE_FAILED', `The body is not ${encoding}, or too long: ${error.message}.`);
  });
}
