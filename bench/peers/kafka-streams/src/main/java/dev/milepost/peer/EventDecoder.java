package dev.milepost.peer;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Avro single-object encoding: `C3 01`, the schema's CRC-64-AVRO little-endian, the body. Then what makes the envelope
 * whole, in Milepost's order. One per task: decoder is reused. (GenericRecord with Avro's fast reader, its default,
 * took 0.30 µs an event, generated classes 0.34 µs or more: the union of the properties has no custom coders.)
 */
final class EventDecoder {
  static final int HEADER_BYTES = 10;

  private static final long FUTURE_TOLERANCE = 300_000_000L;
  private static final int MAX_IDENTIFIER = 512;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final GenericDatumReader<GenericRecord> reader;
  private final long fingerprint;
  private final int id, source, type, account, occurredAt, outcome, user, productLine, context, properties;
  private BinaryDecoder decoder;

  EventDecoder(Schema schema) {
    reader = new GenericDatumReader<>(schema);
    fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    id = schema.getField("id").pos();
    source = schema.getField("source").pos();
    type = schema.getField("type").pos();
    account = schema.getField("accountId").pos();
    occurredAt = schema.getField("occurredAt").pos();
    outcome = schema.getField("outcome").pos();
    user = schema.getField("userId").pos();
    productLine = schema.getField("productLine").pos();
    context = schema.getField("context").pos();
    properties = schema.getField("properties").pos();
  }

  /** `receivedAt` in microseconds: what a time in the future is measured by. */
  Event decode(byte[] key, byte[] value, long receivedAt) throws Violation.Found {
    if (value == null || value.length == 0) {
      throw new Violation.Found("Empty-Value", "", "The record has no value; want an onboarding event.");
    }
    if (value.length < 2 || value[0] != (byte) 0xc3 || value[1] != 0x01) {
      throw new Violation.Found("Unknown-Encoding", "", "Want Avro single-object (c301).");
    }
    if (value.length < HEADER_BYTES) throw new Violation.Found("Unknown-Encoding", "", "The header is cut short.");
    if ((long) LONG.get(value, 2) != fingerprint) {
      throw new Violation.Found("Unknown-Schema", "", "The fingerprint is not that of OnboardingEvent.");
    }
    Event event = read(value);
    checkEnvelope(event, key, receivedAt);
    return event;
  }

  @SuppressWarnings("unchecked")
  private Event read(byte[] value) throws Violation.Found {
    try {
      decoder =
          DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, decoder);
      GenericRecord read = reader.read(null, decoder);
      if (!decoder.isEnd()) throw new IOException("There are bytes behind the body.");
      return new Event(
          (Utf8) read.get(id),
          (Utf8) read.get(source),
          (Utf8) read.get(type),
          (Utf8) read.get(account),
          (long) read.get(occurredAt),
          read.get(outcome).toString(),
          (Utf8) read.get(user),
          (Utf8) read.get(productLine),
          (GenericRecord) read.get(context),
          (Map<Utf8, Object>) read.get(properties),
          value,
          HEADER_BYTES);
    } catch (IOException | RuntimeException malformed) {
      throw new Violation.Found("Malformed-Avro", "", "The Avro body does not match its schema, or is cut short.");
    }
  }

  private static void checkEnvelope(Event event, byte[] key, long receivedAt) throws Violation.Found {
    if (event.account().length() == 0) {
      throw new Violation.Found("Account-Missing", "/accountId", "The account is empty; want its id.");
    }
    notEmpty(event.id(), "id");
    notEmpty(event.source(), "source");
    notEmpty(event.type(), "type");
    notTooLong(event.id(), "id");
    notTooLong(event.source(), "source");
    notTooLong(event.type(), "type");
    notTooLong(event.account(), "accountId");
    if (event.user() != null) notTooLong(event.user(), "userId");
    if (key == null || key.length == 0) {
      throw new Violation.Found("Account-Missing", "/key", "The record has no key; want the account id.");
    }
    if (!Arrays.equals(key, 0, key.length, event.account().getBytes(), 0, event.account().getByteLength())) {
      throw new Violation.Found("Key-Mismatch", "/key", "The record key differs from the account.");
    }
    if (event.occurredAt() < 0) {
      throw new Violation.Found("Value-Not-Allowed", "/time", "The time lies before 1970.");
    }
    if (event.occurredAt() > receivedAt + FUTURE_TOLERANCE) {
      throw new Violation.Found("Time-In-Future", "/time", "The time lies more than 5 minutes ahead.");
    }
  }

  private static void notEmpty(Utf8 text, String name) throws Violation.Found {
    if (text.getByteLength() == 0) throw new Violation.Found("Required-Missing", "/" + name, name + " is empty.");
  }

  /** Counted in UTF-16 units; no text has more of them than bytes. */
  private static void notTooLong(Utf8 text, String name) throws Violation.Found {
    if (text.getByteLength() > MAX_IDENTIFIER && text.toString().length() > MAX_IDENTIFIER) {
      throw new Violation.Found("Value-Not-Allowed", "/" + name, name + " is longer than " + MAX_IDENTIFIER + ".");
    }
  }
}
