package dev.milepost.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Who an event is, and what it says, as numbers that an account's state can hold. */
final class Hash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long A = 0x9e3779b97f4a7c15L;
  private static final long B = 0xbf58476d1ce4e5b9L;

  private Hash() {}

  /** 64 bits of (source, id); the lengths keep ("a", "bc") and ("ab", "c") apart. */
  static long identity(Event event) {
    return text(text(A, event.source()), event.id());
  }

  /**
   * 32 bits of everything that an event says but how it was traced: tells a repeat from another event under the same
   * id. A map has no order, so its entries are added up.
   */
  static int content(Event event) {
    long hash = mix(text(B, event.type()), event.occurredAt());
    hash = mix(hash, event.outcome().hashCode());
    hash = optional(hash, event.user());
    hash = optional(hash, event.productLine());
    GenericRecord context = event.context();
    if (context != null) {
      for (int i = 0; i < 5; i++) hash = value(mix(hash, i), context.get(i));
    }
    long properties = 0;
    for (Map.Entry<Utf8, Object> entry : event.properties().entrySet()) {
      properties += value(text(A, entry.getKey()), entry.getValue());
    }
    return (int) (mix(hash, properties) >>> 32);
  }

  private static long optional(long hash, Utf8 value) {
    return value == null ? mix(hash, -1) : text(hash, value);
  }

  private static long value(long hash, Object value) {
    if (value == null) return mix(hash, -2);
    if (value instanceof Utf8 text) return text(hash, text);
    // 1 and 1.0 are the same number, as they are to the producer who wrote them as JSON.
    if (value instanceof Number number) return mix(hash, Double.doubleToLongBits(number.doubleValue()));
    return mix(hash, (boolean) value ? 3 : 5);
  }

  private static long text(long hash, Utf8 text) {
    byte[] bytes = text.getBytes();
    int length = text.getByteLength();
    long result = mix(hash, length);
    int i = 0;
    for (; i + 8 <= length; i += 8) result = mix(result, (long) LONG.get(bytes, i));
    long tail = 0;
    for (; i < length; i++) tail = (tail << 8) | (bytes[i] & 0xff);
    return mix(result, tail);
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * B;
    mixed ^= mixed >>> 32;
    mixed *= A;
    return mixed ^ (mixed >>> 29);
  }
}
