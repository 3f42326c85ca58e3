import { createHash } from 'node:crypto';
import { QuestionTooCostly } from '@milepost/clickhouse';
import type { Answer } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { hasNoAnswer, StatisticsError } from '@milepost/statistics';
import { InfrastructureError } from '@milepost/stream';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { catchError, map, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { questionOf } from './question.decorator.js';
import type { QuestionText } from './question.decorator.js';
import { withBehind } from '../insights/behind.js';
import { withDoubts } from '../insights/doubts.js';
import type { Insights, InsightsSource } from '../insights/insights.js';

interface Request {
  method: string;
  url: string;
  headers: Record<string, string | undefined>;
  /** Express's: whether the asker has what the ETag of the reply names, and does not ask for it anew. */
  fresh: boolean;
  insights?: Insights;
}
interface Reply {
  setHeader(name: string, value: string): void;
  removeHeader(name: string): void;
}

/** Answers of another shape have other tags: raise it with every change of what is answered. */
const SHAPE = '3';

/** Pins the snapshot, answers 304 when the asker has its answer already, and turns refusals into problems. */
export class AnsweringInterceptor implements NestInterceptor {
  constructor(private readonly source: InsightsSource) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const question = questionOf(context.getHandler());
    if (question === undefined) {
      return next.handle().pipe(catchError((fault: unknown) => throwError(() => toProblem(fault))));
    }
    const request = context.switchToHttp().getRequest<Request>();
    const reply = context.switchToHttp().getResponse<Reply>();
    const insights = this.source.open();
    request.insights = insights;
    const tag = tagOf(insights, request.url);
    reply.setHeader('Cache-Control', 'private, no-cache');
    reply.setHeader('Vary', 'Authorization, X-API-Key');
    reply.setHeader('ETag', tag);
    // Many clients send no-cache along with a tag of their own. It speaks to caches on the way, and we are none: the
    // tag names the snapshot, so what it fits is current.
    delete request.headers['cache-control'];
    // Express makes a 304 of what is sent to a fresh request.
    if (request.fresh) return of(null);
    return next.handle().pipe(
      map((answer: Answer<unknown>) => withBehind(doubted(answer, question, insights), insights.behind)),
      catchError((fault: unknown) => {
        // A refusal is no answer that could be had again.
        reply.removeHeader('ETag');
        return throwError(() => toProblem(fault));
      }),
    );
  }
}

function doubted(answer: Answer<unknown>, { query, hasFigures }: QuestionText, { doubts }: Insights): Answer<unknown> {
  return hasFigures === false ? answer : withDoubts(answer, doubts, 'signedUpFrom' in query.shape);
}

/** Weak: the same snapshot and plan give the same answer, though not byte by byte. That it is behind is a part of it. */
const tagOf = ({ snapshot, behind }: Insights, url: string): string => {
  const text = `${SHAPE} ${snapshot.id} ${snapshot.planVersion} ${url} ${behind?.text ?? ''}`;
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
};

/** With its cause, for the log alone. */
const away = (problem: 'warehouse-unavailable' | 'kafka-unavailable', detail: string, cause: Error): ProblemException =>
  Object.assign(new ProblemException(problem, detail, {}, { 'Retry-After': '10' }), { cause });

/** Refusals of statistics and limits of ClickHouse as problems; everything else as it is. */
export function toProblem(fault: unknown): unknown {
  if (fault instanceof QuestionTooCostly) {
    return new ProblemException('query-too-costly', `${fault.message} Ask about fewer accounts: add signedUpFrom, a segment or a channel.`); // prettier-ignore
  }
  if (fault instanceof InfrastructureError && fault.code === 'warehouse-unavailable') {
    return away('warehouse-unavailable', 'Nothing is lost; ask again soon.', fault);
  }
  if (fault instanceof InfrastructureError && fault.code === 'log-unavailable') {
    return away('kafka-unavailable', 'Nothing is lost; ask again soon. Where it has never answered: is KAFKA_BROKERS right, and has `npx milepost setup` made the topics?', fault); // prettier-ignore
  }
  if (fault instanceof StatisticsError && fault.problem === 'not-enough-data') {
    return new ProblemException('not-enough-data', fault.message);
  }
  if (hasNoAnswer(fault)) {
    return new ProblemException('not-estimable', fault.message);
  }
  return fault;
}
