import { applyDecorators, Get, HttpCode, Post, SetMetadata } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { problem } from '@milepost/contracts/http';
import { NeedsRole } from '@milepost/platform';
import type { Role } from '@milepost/platform';
import { z } from 'zod';

export interface QuestionText {
  path?: string;
  operationId: string;
  summary: string;
  query: z.ZodObject;
  answer: z.ZodType;
  role?: Role;
  /** False: it answers with names, which are right whatever is missing in the data. */
  hasFigures?: boolean;
}

type Schema = Record<string, unknown>;

const QUESTION = Symbol('question');
/** The question that is answered from a snapshot. */
export const questionOf = (handler: object): QuestionText | undefined =>
  Reflect.getMetadata(QUESTION, handler) as QuestionText | undefined;

function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  const schema = z.toJSONSchema(type, { io, unrepresentable: 'throw' }) as Schema;
  delete schema['$schema'];
  return schema;
}

const STATUSES = { 400: 'A parameter is wrong', 401: 'No known API key', 403: 'The role is too low', 404: 'Not found', 422: 'The data, or the design asked for, gives no honest answer', 429: 'Too many requests', 503: 'ClickHouse or Kafka is away, or no snapshot is there yet' }; // prettier-ignore
/** Stands once among the document's components. */
export const PROBLEM_SCHEMA = schemaOf(problem, 'output');
const PROBLEM = { $ref: '#/components/schemas/Problem' };

const problemResponses = (statuses: Readonly<Record<number, string>>) =>
  Object.entries(statuses).map(([status, description]) =>
    ApiResponse({
      status: Number(status),
      description,
      content: { 'application/problem+json': { schema: PROBLEM } },
    }),
  );

/** What every question has in common: role, parameters, answer and problems. */
function described({ operationId, summary, query, answer, role = 'viewer' }: QuestionText) {
  const shape = schemaOf(query, 'input') as { properties?: Record<string, Schema>; required?: string[] };
  const parameters = Object.entries(shape.properties ?? {}).map(([name, { description, ...schema }]) =>
    ApiQuery({
      name,
      required: shape.required?.includes(name) ?? false,
      description: description as string,
      schema: schema as never,
    }),
  );
  return [
    NeedsRole(role),
    ApiOperation({ operationId, summary, description: `Role: ${role}.` }),
    ...parameters,
    ApiOkResponse({ description: 'The answer, with what it rests on.', schema: schemaOf(answer, 'output') as never }),
    ...problemResponses(STATUSES),
  ];
}

/** A GET that is answered from one snapshot, with its part of the OpenAPI document. */
export function Question(text: QuestionText) {
  return applyDecorators(
    Get(text.path ?? ''),
    SetMetadata(QUESTION, text),
    ...described(text),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'An ETag of an earlier answer: 304 while it holds.' }), // prettier-ignore
    ApiResponse({ status: 304, description: 'The answer that the asker has still holds.' }),
  );
}

/** A GET that is answered from the logs themselves, or from the warehouse's events: no snapshot's tag fits it. */
export function QuestionWithoutSnapshot(text: QuestionText) {
  return applyDecorators(Get(text.path ?? ''), ...described(text));
}

/** A POST whose question needs a body; answered from the warehouse's events, so no snapshot's tag fits it. */
export function QuestionWithBody({ body, ...text }: QuestionText & { body: z.ZodType }) {
  return applyDecorators(
    Post(text.path ?? ''),
    HttpCode(200),
    ...described(text),
    ApiBody({ required: true, schema: schemaOf(body, 'input') as never }),
    ...problemResponses({ 413: 'The body is too large' }),
  );
}
