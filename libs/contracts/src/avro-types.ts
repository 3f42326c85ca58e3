import avro from 'avsc';
import { Properties } from './avro-properties.js';
import { JOURNEY_PAGE_SCHEMA, ONBOARDING_EVENT_SCHEMA } from './generated/schemas.js';

interface MapSchema {
  type?: string;
  values?: unknown;
  logicalType?: string;
}

function hook(schema: avro.Schema, options: avro.ForSchemaOptions): avro.Type | undefined {
  const map = schema as MapSchema;
  if (map.type !== 'map' || !Array.isArray(map.values) || map.logicalType) return undefined;
  return avro.Type.forSchema({ ...map, logicalType: 'properties' } as avro.Schema, options);
}

/** `registry` holds the named types: shared by schemas that refer to each other, apart for each version of one. */
export function avroType(schema: unknown, registry: object = {}): avro.Type {
  const options = { registry, typeHook: hook, logicalTypes: { properties: Properties } };
  return avro.Type.forSchema(schema as avro.Schema, options as unknown as avro.ForSchemaOptions);
}

const current = {};
export const ONBOARDING_EVENT_TYPE = avroType(ONBOARDING_EVENT_SCHEMA, current);
export const JOURNEY_PAGE_TYPE = avroType(JOURNEY_PAGE_SCHEMA, current);
