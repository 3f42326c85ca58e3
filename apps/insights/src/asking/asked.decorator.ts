import { createParamDecorator, Query } from '@nestjs/common';
import type { ExecutionContext, PipeTransform } from '@nestjs/common';
import { ProblemException } from '@milepost/platform';
import type { z } from 'zod';
import type { Insights } from '../insights/insights.js';

/** The query, read by its schema. Every fault at once, each with its parameter. */
class AskedPipe implements PipeTransform {
  constructor(private readonly schema: z.ZodObject) {}

  transform(given: unknown): unknown {
    const parsed = this.schema.strict().safeParse({ ...(given as object) });
    if (parsed.success) return parsed.data;
    const errors = parsed.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') {
        const known = Object.keys(this.schema.shape).join(', ');
        return issue.keys.map((key) => ({
          parameter: key.slice(0, 100),
          detail: known === '' ? 'not a parameter; this question takes none' : `not a parameter; known are ${known}`,
        }));
      }
      const value = (given as Record<string, unknown>)[String(issue.path[0])];
      return [{ parameter: issue.path.join('.'), detail: detailOf(issue.message, value) }];
    });
    const detail = errors.map((one) => `${one.parameter}: ${one.detail}`).join('; ');
    throw new ProblemException('invalid-query', `${detail}.`, { errors });
  }
}

/** A query holds texts. The schema's own words for what is none speak of types. */
function detailOf(message: string, given: unknown): string {
  if (given === undefined) return 'is missing; give it';
  if (Array.isArray(given)) return `is there ${given.length} times; give it once`;
  return `${message}; found ${JSON.stringify(String(given).slice(0, 100))}`;
}

export const Asked = (schema: z.ZodObject): ParameterDecorator => Query(new AskedPipe(schema));

/** What the request is answered from: pinned by the interceptor, so that the ETag tells the truth. */
export const Pinned = createParamDecorator(
  (_: unknown, context: ExecutionContext): Insights =>
    context.switchToHttp().getRequest<{ insights: Insights }>().insights,
);
