package dev.milepost.peer;

import dev.milepost.peer.MilestoneFold.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/**
 * One `Fact` of journey-page.avsc, Avro single-object. Its first field is the event, written with the schema that it
 * came in, so its bytes are copied: nothing is encoded twice. One per task.
 */
final class FactEncoder {
  private final byte[] header;
  private final Utf8[] milestones;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private BinaryEncoder encoder;

  FactEncoder(Schema fact, List<String> milestones) {
    this.milestones = milestones.stream().map(Utf8::new).toArray(Utf8[]::new);
    long fingerprint = SchemaNormalization.parsingFingerprint64(fact);
    header = new byte[EventDecoder.HEADER_BYTES];
    header[0] = (byte) 0xc3;
    header[1] = 0x01;
    for (int i = 0; i < 8; i++) header[2 + i] = (byte) (fingerprint >>> (8 * i));
  }

  byte[] encode(Event event, long receivedAt, long offset, List<Change> changes) {
    try {
      bytes.reset();
      bytes.write(header);
      bytes.write(event.body(), event.bodyOffset(), event.body().length - event.bodyOffset());
      encoder = EncoderFactory.get().directBinaryEncoder(bytes, encoder);
      encoder.writeLong(receivedAt);
      encoder.writeLong(offset);
      encoder.writeArrayStart();
      if (!changes.isEmpty()) encoder.setItemCount(changes.size());
      for (Change change : changes) {
        encoder.startItem();
        encoder.writeString(milestones[change.milestone()]);
        optional(change.at());
        optional(change.previous());
      }
      encoder.writeArrayEnd();
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void optional(long at) throws IOException {
    encoder.writeIndex(at == AccountState.NONE ? 0 : 1);
    if (at != AccountState.NONE) encoder.writeLong(at);
  }
}
