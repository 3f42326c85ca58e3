import { redisAnswers } from '../answers/redis-answers.js';
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
    ready: () => until('Redis', () => redisAnswers(port), 30_000, 30),
    onLost,
  });
}
