import { describe, expect, it } from '@jest/globals';
import { sendStreamed } from './streamed-result.js';
import type { Fetched } from './streamed-result.js';

const piece = (text: string): Fetched => ({ bytes: Buffer.from(text) });
const end: Fetched = { bytes: Buffer.alloc(0), done: true };

interface Coming<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (error: Error) => void;
}
function coming<T>(): Coming<T> {
  const settle = {} as Omit<Coming<T>, 'promise'>;
  const promise = new Promise<T>((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, ...settle };
}

/** A result whose pieces come when they are told to, and the log of what was asked of it. */
function asked() {
  const log: string[] = [];
  const waiting: Coming<Fetched>[] = [];
  const fetch = (): Promise<Fetched> => {
    log.push('fetch');
    const piece = coming<Fetched>();
    waiting.push(piece);
    return piece.promise.finally(() => log.push('fetched'));
  };
  return { log, next: () => waiting.shift()!, result: { fetch, cancel: () => void log.push('cancel') } };
}

async function texts(chunks: AsyncIterable<Uint8Array>): Promise<string[]> {
  const all: string[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk).toString());
  return all;
}
const soon = () => new Promise((done) => setImmediate(done));

describe('a result fetched piece by piece', () => {
  it('is read to its end, and not cancelled then', async () => {
    const { log, next, result } = asked();
    let got: string[] = [];
    const sent = sendStreamed(result, async (chunks) => void (got = await texts(chunks)));
    for (const what of [piece('a'), piece('b'), end]) {
      next().resolve(what);
      await soon();
    }
    await sent;
    expect(got).toEqual(['a', 'b']);
    expect(log).not.toContain('cancel');
  });

  it('is cancelled only when the fetch under way has come, if the reader left', async () => {
    const { log, next, result } = asked();
    const reader = coming<void>();
    const sent = sendStreamed(result, async (chunks) => {
      const reading = chunks[Symbol.asyncIterator]();
      await reading.next();
      void reading.next();
      await reader.promise;
    });
    next().resolve(piece('a'));
    await soon();
    reader.reject(new Error('left'));
    await soon();
    expect(log).toEqual(['fetch', 'fetched', 'fetch']);
    next().resolve(piece('b'));
    await expect(sent).rejects.toThrow('left');
    expect(log).toEqual(['fetch', 'fetched', 'fetch', 'fetched', 'cancel']);
  });

  it.each([0, 1])('that fails at piece %s says so, and is not cancelled', async (at) => {
    const { log, next, result } = asked();
    const sent = sendStreamed(result, async (chunks) => void (await texts(chunks)));
    for (let before = 0; before < at; before++) next().resolve(piece('a'));
    await soon();
    next().reject(new Error('failed'));
    await expect(sent).rejects.toThrow('failed');
    expect(log).not.toContain('cancel');
  });
});
