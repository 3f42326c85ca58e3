import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { openApiText } from './openapi-text.js';

interface Operation {
  operationId: string;
  summary: string;
  parameters: { name: string; in: string; description?: string; schema: object }[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

describe('1. The description of the API', () => {
  it('1.1 openapi.json is what the code says (npm run docs:openapi writes it)', async () => {
    expect(readFileSync('apps/insights/openapi.json', 'utf8')).toBe(await openApiText());
  });

  it('1.2 every operation has a name of its own, described parameters, an answer and its problems', async () => {
    const { paths } = JSON.parse(await openApiText()) as { paths: Record<string, Record<string, Operation>> };
    const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(operations.length).toBeGreaterThanOrEqual(12);
    for (const { operationId, summary, parameters, responses } of operations) {
      expect([operationId, summary.endsWith('.')]).toEqual([operationId, true]);
      const undescribed = parameters
        .filter(({ description }) => !description)
        .map(({ name }) => `${operationId} ${name}`);
      expect(undescribed).toEqual([]);
      expect(Object.keys(responses['200']!.content!['application/json']!.schema)).toContain('properties');
      for (const status of ['400', '401', '403', '422', '429', '503']) {
        expect(responses[status]!.content!['application/problem+json']).toBeDefined();
      }
    }
  });
});
