import { connect } from 'node:net';
import { until } from '../until.js';
import { NativePart } from './native-part.js';

/** Append-only, flushed every second: what a crash can lose is what the protocol must bear. */
export function nativeRedis(dir: string, port: number, onLost: (line: string) => void): NativePart {
  const settings = { port, bind: '127.0.0.1', dir, appendonly: 'yes', appendfsync: 'everysec', save: '' };
  return new NativePart({
    name: 'redis',
    command: 'redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    dir,
    ready: () => until('Redis', () => ping(port), 30_000, 30),
    onLost,
  });
}

/** PING by hand: a client library would go on reconnecting in the background. `LOADING` is not ready. */
function ping(port: number): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(2_000, () => socket.destroy(new Error('no answer to PING')));
    socket.once('data', (reply) => {
      socket.destroy();
      if (reply.toString().startsWith('+PONG')) done();
      else fail(new Error(reply.toString().trim()));
    });
    socket.once('error', fail);
  });
}
