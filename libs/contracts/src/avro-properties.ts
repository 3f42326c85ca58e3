import avro from 'avsc';
import type { PropertyValue } from './onboarding-event.js';

type Wrapped = Record<string, PropertyValue> | null;

/** The part of avsc's reader that a map needs. */
interface Tap {
  readonly buf: Buffer;
  readonly pos: number;
  readBoolean(): boolean;
  readLong(): number;
  readDouble(): number;
  readString(): string;
  isValid(): boolean;
}

/**
 * A property's union holds both long and double, which avsc can only tell apart when wrapped. This logical type over
 * the map keeps that inside the codec: readers see plain JavaScript values.
 */
export class Properties extends avro.types.LogicalType {
  private branches: string[] | undefined;

  /** avsc believes a block's count: 20 bytes that announce 2^50 entries would hold a partition for years. */
  _read(tap: Tap): Record<string, PropertyValue> {
    const branches = (this.branches ??= this.branchNames());
    const properties: Record<string, PropertyValue> = {};
    for (let left = blockCount(tap); left > 0; left = blockCount(tap)) {
      for (; left > 0; left--) {
        const name = tap.readString();
        const value = readValue(tap, branches[tap.readLong()]);
        if (!tap.isValid()) throw new RangeError('The map is cut short.');
        properties[name] = value;
      }
    }
    return properties;
  }

  private branchNames(): string[] {
    const { valuesType } = this.underlyingType as avro.types.MapType;
    return (valuesType as avro.types.WrappedUnionType).types.map(({ typeName }) => typeName);
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

/** What avsc takes for exact. */
const MOST_READ = 9_007_199_254_740_990;

/** A negative count is followed by the block's size in bytes. */
function blockCount(tap: Tap): number {
  const count = tap.readLong();
  if (count < 0) tap.readLong();
  return Math.abs(count);
}

/** avsc doubles a long to make room for its sign: beyond this one a negative would turn positive without a word. */
const MAX_LONG = 2 ** 52;

/** Where avsc can't write it as a long, a double holds the same number. */
const isLong = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= MAX_LONG;

/** As avsc reads the union, without an object around each value. */
function readValue(tap: Tap, branch: string | undefined): PropertyValue {
  switch (branch) {
    case 'null':
      return null;
    case 'boolean':
      return tap.readBoolean();
    case 'long':
      return readLong(tap);
    case 'double':
      return tap.readDouble();
    case 'string':
      return tap.readString();
    default:
      throw new RangeError('The union has no such branch.');
  }
}

/** A negative long, and only that, is odd in its first byte. */
function readLong(tap: Tap): number {
  const first = tap.buf[tap.pos]!;
  const value = tap.readLong();
  if (Math.abs(value) > MOST_READ) throw new RangeError('The long is too large to be held exactly.');
  if (value > 0 && (first & 1) === 1) throw new RangeError('The long is too small to be held exactly.');
  return value;
}

function wrap(value: PropertyValue): Wrapped {
  if (value === null) return null;
  if (typeof value === 'number') return isLong(value) ? { long: value } : { double: value };
  if (typeof value === 'boolean') return { boolean: value };
  // A nested value outside the plan is kept as its JSON text; the plan itself knows flat types only.
  return { string: typeof value === 'string' ? value : JSON.stringify(value) };
}
