import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import { Child } from './child.js';

export interface NativeRedis {
  child: Child;
  url: string;
  port: number;
}

/** Append-only, flushed every second: what a crash can lose is what the protocol must bear. */
export async function nativeRedis(dir: string, wanted?: number): Promise<NativeRedis> {
  mkdirSync(dir, { recursive: true });
  const port = await freePort(wanted);
  const settings = { port, bind: '127.0.0.1', dir, appendonly: 'yes', appendfsync: 'everysec', save: '' };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = new Child({
    name: 'redis',
    command: 'redis-server',
    args,
    dataDir: dir,
    ready: () => until('Redis', () => ping(port), 30_000),
  });
  return { child, url: `redis://127.0.0.1:${port}`, port };
}

/** PING by hand: a client library would go on reconnecting in the background. `LOADING` is not ready. */
function ping(port: number): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => {
      socket.destroy();
      if (reply.toString().startsWith('+PONG')) done();
      else fail(new Error(reply.toString().trim()));
    });
    socket.once('error', fail);
  });
}
