import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, NotFoundException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Logger } from '@milepost/stream';
import { allowedMethods } from './allowed-methods.js';
import { faultFields } from './logging.js';
import { ProblemException } from './problem-exception.js';
import type { RoutedRequest } from './routed-request.js';
import { whereToGo } from './where-to-go.js';

/** The largest body that a service takes. */
export const BODY_LIMIT_KB = 100;

/** RFC 9457; further members, such as `errors`, are those of the exception. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  [extension: string]: unknown;
}

interface Reply {
  headersSent: boolean;
  destroy(): void;
  status(code: number): Reply;
  type(contentType: string): Reply;
  set(headers: Readonly<Record<string, string>>): Reply;
  json(body: unknown): void;
}

/**
 * Every error as a problem document. An exception made with an object that has a `title` brings its own document. What
 * is not an HTTP error says nothing of its inside to the client, and everything to the log.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<RoutedRequest & { method: string }>();
    const { method, path } = request;
    const reply = http.getResponse<Reply>();
    // Nest's own for a path without a route; what a route does not find has words of its own.
    const unrouted = error instanceof NotFoundException && request.route === undefined;
    const allowed = unrouted ? allowedMethods(request) : [];
    const problem = !unrouted ? problemOf(error) : allowed.length > 0 ? notAllowed(method, allowed) : unknownPath(request); // prettier-ignore
    if (allowed.length > 0) reply.set({ Allow: allowed.join(', ') });
    if (problem.status >= 500) this.logger.error({ method, path, ...faultFields(error) }, 'A request failed');
    // Half an answer is out: breaking it off is the only way left to say that it is none.
    if (reply.headersSent) return reply.destroy();
    if (error instanceof ProblemException) reply.set(error.headers);
    reply.status(problem.status).type('application/problem+json').json(problem);
  }
}

function notAllowed(method: string, allowed: readonly string[]): Problem {
  const detail = `${method} is not answered here; ask by ${allowed.join(' or ')}.`;
  return { type: 'about:blank', title: STATUS_CODES[405]!, status: 405, detail };
}

function unknownPath(request: RoutedRequest & { method: string }): Problem {
  const detail = `Cannot ${request.method} ${request.path.slice(0, MOST_OF_A_PATH)}. ${whereToGo(request)}`.trimEnd();
  return { type: 'about:blank', title: STATUS_CODES[404]!, status: 404, detail };
}

/** Enough to know it again. */
const MOST_OF_A_PATH = 200;

const BAD_REQUEST = 400;
const PAYLOAD_TOO_LARGE = 413;
const TOO_LARGE = `A body may have ${BODY_LIMIT_KB} kB at most: send less at once, in several requests.`;

/** The parser's words say what is wrong with the text, and not what is wanted. */
const notJson = (found: string): string =>
  `The body can't be read (${found}): send a JSON object or list, with Content-Type: application/json.`;

function problemOf(error: unknown): Problem {
  const status = error instanceof HttpException ? error.getStatus() : 500;
  const blank: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status };
  if (!(error instanceof HttpException)) return blank;
  const response = error.getResponse();
  if (typeof response === 'object' && 'title' in response)
    return { ...blank, ...(response as Partial<Problem>), status };
  if (status === PAYLOAD_TOO_LARGE) return { ...blank, detail: TOO_LARGE };
  if (status === BAD_REQUEST && /\bJSON\b/.test(error.message)) return { ...blank, detail: notJson(error.message) };
  return error.message === blank.title ? blank : { ...blank, detail: error.message };
}
