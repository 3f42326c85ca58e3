import { beforeAll, describe, expect, it } from '@jest/globals';
import { MODEL_KINDS } from '@milepost/contracts';
import { envelope, problem } from '@milepost/contracts/http';
import fc from 'fast-check';
import { z } from 'zod';
import { measuresOf } from './explore/measures.js';
import { companyApi } from './testing/company-api.js';
import { companyModels } from './testing/company-models.js';
import { faults } from './testing/insights-app.js';
import { widthless } from './testing/widthless.js';
import { bodies, describedOperations, requests } from './testing/request-arbitrary.js';

const api = companyApi('fuzz', 150);
const { plan } = api;
const milestones = plan.milestones.map(({ name }) => name);
const WORDS = {
  milestone: milestones,
  kind: MODEL_KINDS,
  segment: plan.segments.map(({ name }) => name),
  channel: ['sales', 'self-serve', 'partner', 'content'],
  industry: ['software', 'retail'],
  region: ['emea', 'apac'],
  planTier: ['pro', 'starter'],
  productLine: ['core', 'none'],
  currency: ['EUR', 'USD'],
  foretells: Object.keys(plan.events),
  exposure: [...milestones, 'automated', 'personal'],
  steps: [...milestones, 'subscribed', 'renewed'],
  measure: measuresOf(plan).map(({ name }) => name),
  at: ['signup', ...milestones],
  measures: measuresOf(plan).map(({ name }) => name),
  dimensions: ['segment', 'channel', 'cohort'],
};
beforeAll(() => companyModels(api), 120_000);
const RUNS = Number(process.env['MILEPOST_FUZZ_RUNS'] ?? 25);
/** A backtest replays the whole history, on a machine that may be busy: no more than a guard against hanging. */
const RUN_MS = 12_000;
const answered = z.looseObject(envelope);

describe('1. Whatever is asked, the answer is one of those described, and never a 500', () => {
  it.each(describedOperations().map((one) => [one.operation.operationId, one] as const))(
    '1.1 %s',
    async (_, one) => {
      const seen = new Set<number>();
      await fc.assert(
        fc.asyncProperty(requests(one, WORDS), bodies(one), async (path, body) => {
          const headers = { 'Content-Type': 'application/json' };
          const response = await fetch(api.base + path, {
            method: one.method,
            body,
            headers: body === null ? {} : headers,
          });
          const text = await response.text();
          seen.add(response.status);
          if (response.status >= 500) throw new Error(`${path}\n${body}\n${text}\n${JSON.stringify(faults.at(-1))}`);
          expect(Object.keys(one.operation.responses)).toContain(String(response.status));
          if (response.status === 200) expect(widthless(answered.parse(JSON.parse(text)))).toEqual([]);
          else problem.parse(JSON.parse(text));
        }),
        { numRuns: RUNS, seed: 20_260_601, endOnFailure: true },
      );
      // A fuzz that is always refused, or never, tests nothing.
      expect([...seen]).toContain(200);
      const inQuery = one.operation.parameters.filter((parameter) => parameter.in === 'query');
      if (inQuery.length > 0) expect(seen.size).toBeGreaterThan(1);
    },
    RUNS * RUN_MS,
  );
});
