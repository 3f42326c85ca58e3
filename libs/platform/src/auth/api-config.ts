import { z } from 'zod';
import { count } from '../config-fields.js';
import { ConfigError } from '../config.js';
import { ApiKeys } from './api-keys.js';

/** What a service with an API of its own reads besides. */
export const apiConfig = z.object({
  API_AUTH: z
    .enum(['keys', 'off'], { error: 'want keys or off' })
    .default('keys')
    .describe('`off` lets everyone in as admin; only on a loopback address.'),
  API_KEYS_FILE: z.string().optional().describe('Hashed API keys, as `milepost keys create` writes them.'),
  RATE_LIMIT_PER_MINUTE: count(600, 'Requests a minute of one API key, or of one address without keys.'),
});

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|\[::1\]|localhost)$/;
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Null: everyone on this machine. @throws ConfigError when that would open the API to the network */
export function apiKeysOf(config: z.infer<typeof apiConfig> & { HOST: string }): ApiKeys | null {
  if (config.API_AUTH === 'off') {
    if (isLoopback(config.HOST)) return null;
    throw new ConfigError(`API_AUTH is off and HOST is ${config.HOST}: without keys it listens on 127.0.0.1 only.`);
  }
  if (config.API_KEYS_FILE) return ApiKeys.fromFile(config.API_KEYS_FILE);
  throw new ConfigError('API_KEYS_FILE is not set: make keys with `milepost keys create`, or set API_AUTH=off on 127.0.0.1.'); // prettier-ignore
}
