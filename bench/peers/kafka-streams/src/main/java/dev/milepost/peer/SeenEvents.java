package dev.milepost.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The identities accepted within the deduplication window, in order of receipt, 20 bytes each: 8 identity, 4 content,
 * 8 receipt. Kept as the bytes that are stored: an account has tens of them, and looking through them costs less than
 * building a map at every event.
 */
final class SeenEvents {
  enum Verdict { NEW, DUPLICATE, CONFLICT }

  private static final int ENTRY_BYTES = 20;
  /** Beyond it the oldest is forgotten before its window has passed. */
  private static final int MAX_BYTES = 20_000 * ENTRY_BYTES;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int from;
  private int to;

  SeenEvents(byte[] bytes, int length) {
    this.bytes = bytes;
    this.to = length;
  }

  Verdict judge(long identity, int content) {
    for (int at = from; at < to; at += ENTRY_BYTES) {
      if ((long) LONG.get(bytes, at) != identity) continue;
      return (int) INT.get(bytes, at + 8) == content ? Verdict.DUPLICATE : Verdict.CONFLICT;
    }
    return Verdict.NEW;
  }

  void add(long identity, int content, long receivedAt) {
    if (to + ENTRY_BYTES > bytes.length) {
      bytes = Arrays.copyOfRange(bytes, from, Math.max(to + ENTRY_BYTES, to + (to - from) / 2));
      to -= from;
      from = 0;
    }
    LONG.set(bytes, to, identity);
    INT.set(bytes, to + 8, content);
    LONG.set(bytes, to + 12, receivedAt);
    to += ENTRY_BYTES;
    if (to - from > MAX_BYTES) from += ENTRY_BYTES;
  }

  void forgetBefore(long cutoff) {
    while (from < to && (long) LONG.get(bytes, from + 12) < cutoff) from += ENTRY_BYTES;
  }

  int length() {
    return to - from;
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, to - from);
  }
}
