import type { OnboardingEvent } from '@milepost/contracts';
import { describe, expect, it } from '@jest/globals';
import { planOf, smallPlanWith } from '../testing/small-plan.js';
import { compileUnplannedCounter, compileValidator } from './compile-validator.js';

const plan = planOf(smallPlanWith());
const validate = compileValidator(plan);
const size = (companySize: number | null) => ({
  planTier: 'pro',
  companySize,
  industry: null,
  region: null,
  acquisitionChannel: null,
});
const event = (changed: Partial<OnboardingEvent>): OnboardingEvent => ({
  id: 'e_1',
  source: '//small.example',
  type: 'task.done',
  accountId: 'acct_1',
  occurredAt: 0,
  outcome: 'succeeded',
  userId: null,
  productLine: null,
  context: null,
  properties: { taskId: 't_1' },
  traceparent: null,
  ...changed,
});
const done = (properties: Record<string, unknown>) =>
  event({ properties: { taskId: 't_1', ...properties } as OnboardingEvent['properties'] });
const told = (one: OnboardingEvent) => validate(one).map(({ code, field, message }) => `${code} ${field} ${message}`);

describe('1. A valid event', () => {
  it.each([
    ['with what is required', done({})],
    ['with everything', done({ minutes: 600, size: 'large' })],
    ['with null for what may be missing', done({ minutes: null })],
    ['with unplanned properties', done({ colour: 'red', nested: { a: 1 } })],
    ['of creation', event({ type: 'account.created', context: size(0), properties: {} })],
  ])('%s costs nothing: all share one answer', (_, one) => {
    expect(validate(one)).toBe(validate(done({})));
    expect(validate(one)).toEqual([]);
  });
});

describe('2. Each fault by name', () => {
  it.each<[string, OnboardingEvent, string]>([
    [
      'type',
      event({ type: 'task.don' }),
      'Unplanned-Event /type type: found a string of 8 characters, near "task.done"; want an event of the tracking plan.',
    ],
    [
      'inherited name as type',
      event({ type: 'constructor' }),
      'Unplanned-Event /type type: found a string of 11 characters; want an event of the tracking plan.',
    ],
    [
      'missing',
      event({ properties: {} }),
      'Required-Missing /data/properties/taskId taskId: found nothing; want a string.',
    ],
    ['null', done({ taskId: null }), 'Required-Missing /data/properties/taskId taskId: found null; want a string.'],
    [
      'number for text: its value may be a telephone number',
      done({ taskId: 5551234 }),
      'Datatype-Mismatch /data/properties/taskId taskId: found a number; want a string.',
    ],
    [
      'text for a number is never read as one',
      done({ minutes: '15' }),
      'Datatype-Mismatch /data/properties/minutes minutes: found a string; want an integer from 0 to 600.',
    ],
    [
      'fraction',
      done({ minutes: 1.5 }),
      'Datatype-Mismatch /data/properties/minutes minutes: found 1.5; want an integer from 0 to 600.',
    ],
    [
      'not held exactly',
      done({ minutes: 2 ** 53 }),
      'Datatype-Mismatch /data/properties/minutes minutes: found 9007199254740992; want an integer from 0 to 600.',
    ],
    [
      'list',
      done({ size: ['small'] }),
      'Datatype-Mismatch /data/properties/size size: found an array; want one of small, large.',
    ],
    [
      'below the range',
      done({ minutes: -1 }),
      'Value-Not-Allowed /data/properties/minutes minutes: found -1; want an integer from 0 to 600.',
    ],
    [
      'above the range',
      done({ minutes: 601 }),
      'Value-Not-Allowed /data/properties/minutes minutes: found 601; want an integer from 0 to 600.',
    ],
    [
      'slip of the pen',
      done({ size: 'Smal' }),
      'Value-Not-Allowed /data/properties/size size: found a string of 4 characters, near "small"; want one of small, large.',
    ],
    [
      'free text is not repeated',
      done({ size: 'call me, Ana' }),
      'Value-Not-Allowed /data/properties/size size: found a string of 12 characters; want one of small, large.',
    ],
    [
      'negative size',
      event({ context: size(-1) }),
      'Value-Not-Allowed /data/context/companySize companySize: found -1; want an integer of at least 0.',
    ],
    [
      'fraction of a person',
      event({ context: size(0.5) }),
      'Datatype-Mismatch /data/context/companySize companySize: found 0.5; want an integer of at least 0.',
    ],
  ])('%s', (_, one, violation) => expect(told(one)).toEqual([violation]));

  it('a context that lacks what creation needs', () => {
    const codes = (context: OnboardingEvent['context']) =>
      validate(event({ type: 'account.created', context, properties: {} })).map(({ code, field }) => [code, field]);
    expect(codes(null)).toEqual([
      ['Required-Missing', '/data/context/companySize'],
      ['Required-Missing', '/data/context/planTier'],
    ]);
    expect(codes(size(null))).toEqual([['Required-Missing', '/data/context/companySize']]);
  });

  it('all of them at once, in the order of the plan', () => {
    const fields = validate(done({ size: 1, minutes: 'x', taskId: null })).map(({ field }) => field);
    expect(fields).toEqual(['/data/properties/taskId', '/data/properties/minutes', '/data/properties/size']);
  });
});

describe('3. Properties outside of the plan', () => {
  const strict = compileValidator({ ...plan, unplannedProperties: 'reject' });

  it('are counted', () => {
    const count = compileUnplannedCounter(plan);
    expect(count(done({ minutes: 1 }))).toBe(0);
    expect(count(done({ colour: 'red', toString: 1 }))).toBe(2);
    expect(count(event({ type: 'other', properties: { a: 1 } }))).toBe(0);
  });

  it('are rejected where the plan says so', () => {
    expect(strict(done({ 'a/b~c': 'red' }))).toEqual([
      {
        code: 'Additional-Properties',
        field: '/data/properties/a~1b~0c',
        message: 'a/b~c: found a property outside of the plan; want only those that task.done has there.',
      },
    ]);
    expect(strict(done({}))).toEqual([]);
  });

  it('do not make a rejection grow without end', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`p${i}`, i]));
    expect(strict(done(many))).toHaveLength(20);
  });
});
