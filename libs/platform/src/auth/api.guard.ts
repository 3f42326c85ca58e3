import { SetMetadata } from '@nestjs/common';
import type { CanActivate, CustomDecorator, ExecutionContext } from '@nestjs/common';
import { ProblemException } from '../problem-exception.js';
import { isLoopback } from './api-config.js';
import { atLeast } from './api-keys.js';
import type { ApiKeys, Role } from './api-keys.js';
import type { TokenBuckets } from './token-buckets.js';

const NEEDED = Symbol('role needed');
/** On a handler: who may call it. A handler without it is none of the API's (health, metrics). */
export const NeedsRole = (role: Role): CustomDecorator<symbol> => SetMetadata(NEEDED, role);

interface Asking {
  headers: Record<string, string | string[] | undefined>;
  hostname?: string;
  url: string;
  socket: { remoteAddress?: string };
}

const LONGEST_URL = 4_096;

/** The way into an API: length, key, role, rate. Without keys it serves this machine, and no page of another name. */
export class ApiGuard implements CanActivate {
  constructor(
    private readonly keys: ApiKeys | null,
    private readonly buckets: TokenBuckets,
    private readonly now: () => number,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const needed = Reflect.getMetadata(NEEDED, context.getHandler()) as Role | undefined;
    if (needed === undefined) return true;
    const request = context.switchToHttp().getRequest<Asking>();
    if (request.url.length > LONGEST_URL) {
      throw new ProblemException('query-too-long', `The path and query have ${request.url.length} characters; at most ${LONGEST_URL} are read. Ask with fewer filters.`); // prettier-ignore
    }
    const asker = this.askerOf(request, needed);
    const waitMs = this.buckets.take(asker, this.now());
    if (waitMs === 0) return true;
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    throw new ProblemException('too-many-requests', `Ask again in ${seconds} s.`, {}, { 'Retry-After': String(seconds) }); // prettier-ignore
  }

  private askerOf(request: Asking, needed: Role): string {
    if (this.keys === null) {
      // A page elsewhere whose name was made to point here still sends its own name.
      if (!isLoopback(request.hostname ?? '')) {
        throw new ProblemException('not-allowed', 'Without API keys only 127.0.0.1 and localhost are answered.');
      }
      return request.socket.remoteAddress ?? '';
    }
    const key = keyOf(request.headers);
    const holder = key === undefined ? undefined : this.keys.find(key);
    if (holder === undefined) {
      const detail = key === undefined ? 'Send `Authorization: Bearer <key>`.' : 'The API key is not known.';
      throw new ProblemException('unauthenticated', detail, {}, { 'WWW-Authenticate': 'Bearer realm="milepost"' });
    }
    if (!atLeast(holder.role, needed)) {
      throw new ProblemException('not-allowed', `The key ${holder.name} is of a ${holder.role}; this needs ${needed}.`);
    }
    return holder.sha256;
  }
}

function keyOf(headers: Asking['headers']): string | undefined {
  const { authorization } = headers;
  const bearer = typeof authorization === 'string' ? /^Bearer (\S+)$/i.exec(authorization)?.[1] : undefined;
  const given = headers['x-api-key'];
  return bearer ?? (typeof given === 'string' && given !== '' ? given : undefined);
}
