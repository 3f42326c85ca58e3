package dev.milepost.peer;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** An account as bytes: a version, fixed fields, then the lists. Leaves and milestones stand in the plan's order. */
final class AccountStateSerde implements Serde<AccountState> {
  private static final byte VERSION = 1;

  @Override
  public Serializer<AccountState> serializer() {
    return (topic, state) -> state == null ? null : write(state);
  }

  @Override
  public Deserializer<AccountState> deserializer() {
    return (topic, bytes) -> bytes == null ? null : read(bytes);
  }

  private static byte[] write(AccountState state) {
    int size = 1 + 5 * Long.BYTES + 1 + 1 + state.reached.length * Long.BYTES + Integer.BYTES + state.seen.length();
    byte[][][] values = new byte[state.marks.size()][][];
    for (int leaf = 0; leaf < values.length; leaf++) {
      List<Mark> marks = state.marks.get(leaf);
      values[leaf] = new byte[marks.size()][];
      size += Short.BYTES;
      for (int i = 0; i < marks.size(); i++) {
        values[leaf][i] = marks.get(i).value().getBytes(StandardCharsets.UTF_8);
        size += Long.BYTES + Short.BYTES + values[leaf][i].length;
      }
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(VERSION).putLong(state.createdAt).putLong(state.earliestAt).putLong(state.accepted);
    out.putLong(state.duplicates).putLong(state.latestReceipt);
    out.put((byte) state.reached.length);
    for (long at : state.reached) out.putLong(at);
    out.put((byte) values.length);
    for (int leaf = 0; leaf < values.length; leaf++) {
      out.putShort((short) values[leaf].length);
      for (int i = 0; i < values[leaf].length; i++) {
        out.putLong(state.marks.get(leaf).get(i).at()).putShort((short) values[leaf][i].length).put(values[leaf][i]);
      }
    }
    out.putInt(state.seen.length());
    state.seen.copyTo(out.array(), out.position());
    return out.array();
  }

  private static AccountState read(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.get() != VERSION) throw new SerializationException("An account's state of another version.");
      long createdAt = in.getLong();
      long earliestAt = in.getLong();
      long accepted = in.getLong();
      long duplicates = in.getLong();
      long latestReceipt = in.getLong();
      long[] reached = new long[in.get()];
      for (int i = 0; i < reached.length; i++) reached[i] = in.getLong();
      List<List<Mark>> marks = marks(in, bytes);
      byte[] seen = new byte[in.getInt()];
      in.get(seen);
      AccountState state = new AccountState(marks.size(), reached, new SeenEvents(seen, seen.length));
      state.createdAt = createdAt;
      state.earliestAt = earliestAt;
      state.accepted = accepted;
      state.duplicates = duplicates;
      state.latestReceipt = latestReceipt;
      state.marks.addAll(marks);
      return state;
    } catch (BufferUnderflowException damaged) {
      throw new SerializationException("An account's state is cut short.", damaged);
    }
  }

  private static List<List<Mark>> marks(ByteBuffer in, byte[] bytes) {
    int leaves = in.get();
    List<List<Mark>> all = new ArrayList<>(leaves);
    for (int leaf = 0; leaf < leaves; leaf++) {
      int count = in.getShort();
      List<Mark> marks = new ArrayList<>(count + 1);
      for (int i = 0; i < count; i++) {
        long at = in.getLong();
        int length = in.getShort();
        marks.add(new Mark(at, length == 0 ? "" : new String(bytes, in.position(), length, StandardCharsets.UTF_8)));
        in.position(in.position() + length);
      }
      all.add(marks);
    }
    return all;
  }
}
