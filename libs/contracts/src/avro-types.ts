import avro from 'avsc';
import { JOURNEY_PAGE_SCHEMA, ONBOARDING_EVENT_SCHEMA } from './generated/schemas.js';
import type { PropertyValue } from './onboarding-event.js';

type Wrapped = Record<string, PropertyValue> | null;

/** The part of avsc's reader that a map needs. */
interface Tap {
  readLong(): number;
  readString(): string;
  isValid(): boolean;
}

/**
 * A property's union holds both long and double, which avsc can only tell apart when wrapped. This logical type over
 * the map keeps that inside the codec: readers see plain JavaScript values.
 */
class Properties extends avro.types.LogicalType {
  /** avsc believes a block's count: 20 bytes that announce 2^50 entries would hold a partition for years. */
  _read(tap: Tap): Record<string, PropertyValue> {
    const { valuesType } = this.underlyingType as avro.types.MapType;
    const wrapped: Record<string, Wrapped> = {};
    for (let left = blockCount(tap); left > 0; left = blockCount(tap)) {
      for (; left > 0; left--) {
        const name = tap.readString();
        wrapped[name] = valuesType._read(tap) as Wrapped;
        if (!tap.isValid()) throw new RangeError('The map is cut short.');
      }
    }
    return this._fromValue(wrapped);
  }

  /** From an older version of the schema, whose map was read by this class too. */
  override _resolve(writer: avro.Type): ((properties: unknown) => unknown) | undefined {
    return writer instanceof Properties ? (properties) => properties : undefined;
  }

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

/** A negative count is followed by the block's size in bytes. */
function blockCount(tap: Tap): number {
  const count = tap.readLong();
  if (count < 0) tap.readLong();
  return Math.abs(count);
}

/** avsc refuses a long at the very end of the safe integers; as a double it is exact too. */
const isLong = (value: number): boolean => Number.isSafeInteger(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER;

function wrap(value: PropertyValue): Wrapped {
  if (value === null) return null;
  if (typeof value === 'number') return isLong(value) ? { long: value } : { double: value };
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

/** `registry` holds the named types: shared by schemas that refer to each other, apart for each version of one. */
export function avroType(schema: unknown, registry: object = {}): avro.Type {
  const options = { registry, typeHook: hook, logicalTypes: { properties: Properties } };
  return avro.Type.forSchema(schema as avro.Schema, options as unknown as avro.ForSchemaOptions);
}

const current = {};
export const ONBOARDING_EVENT_TYPE = avroType(ONBOARDING_EVENT_SCHEMA, current);
export const JOURNEY_PAGE_TYPE = avroType(JOURNEY_PAGE_SCHEMA, current);
