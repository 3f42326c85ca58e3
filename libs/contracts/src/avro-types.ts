import avro from 'avsc';
import { JOURNEY_PAGE_SCHEMA, ONBOARDING_EVENT_SCHEMA } from './generated/schemas.js';
import type { PropertyValue } from './onboarding-event.js';

type Wrapped = Record<string, PropertyValue> | null;

/**
 * A property's union holds both long and double, which avsc can only tell apart when wrapped. This logical type over
 * the map keeps that inside the codec: readers see plain JavaScript values.
 */
class Properties extends avro.types.LogicalType {
  override _fromValue(wrapped: Record<string, Wrapped>): Record<string, PropertyValue> {
    const properties: Record<string, PropertyValue> = {};
    for (const name of Object.keys(wrapped)) {
      const branch = wrapped[name]!;
      properties[name] = branch === null ? null : Object.values(branch)[0]!;
    }
    return properties;
  }

  override _toValue(properties: Record<string, PropertyValue>): Record<string, Wrapped> {
    const wrapped: Record<string, Wrapped> = {};
    for (const name of Object.keys(properties)) wrapped[name] = wrap(properties[name]!);
    return wrapped;
  }
}

function wrap(value: PropertyValue): Wrapped {
  if (value === null) return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { long: value } : { double: value };
  if (typeof value === 'boolean') return { boolean: value };
  // A nested value outside the plan is kept as its JSON text; the plan itself knows flat types only.
  return { string: typeof value === 'string' ? value : JSON.stringify(value) };
}

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

const options = {
  registry: {},
  typeHook: hook,
  logicalTypes: { properties: Properties },
} as unknown as avro.ForSchemaOptions;

export const ONBOARDING_EVENT_TYPE = avro.Type.forSchema(ONBOARDING_EVENT_SCHEMA as unknown as avro.Schema, options);
export const JOURNEY_PAGE_TYPE = avro.Type.forSchema(JOURNEY_PAGE_SCHEMA as unknown as avro.Schema, options);
