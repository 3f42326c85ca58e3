import { CONTEXT_FIELDS } from '@milepost/contracts';
import { z } from 'zod';
import { kebabName, propertyName, text } from './names.js';

export const PROPERTY_TYPES = ['string', 'integer', 'number', 'boolean'] as const;

const property = z.strictObject({
  type: z.enum(PROPERTY_TYPES),
  required: z.boolean().default(false),
  description: text,
  minimum: z.number().optional().describe('Of integer and number; inclusive.'),
  maximum: z.number().optional().describe('Of integer and number; inclusive.'),
  allowed: z.array(z.string().max(100)).min(1).max(100).optional().describe('Of string: the only values.'),
});

export const eventDefinition = z.strictObject({
  description: text,
  owner: text.describe('The team that decides what the event means.'),
  steward: text.describe('Who answers when its data are wrong.'),
  productLines: z.array(kebabName).min(1).optional().describe('Where it occurs; without it in all.'),
  coreAction: z.boolean().default(false).describe('Part of what the product is bought for.'),
  requiredContext: z.array(z.enum(CONTEXT_FIELDS)).default([]),
  properties: z.record(propertyName, property).default({}),
});

export type WrittenEvent = z.output<typeof eventDefinition>;
export type WrittenProperty = z.output<typeof property>;
