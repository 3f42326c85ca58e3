package dev.milepost.peer;

import dev.milepost.peer.MilestoneFold.Change;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** Decodes, validates, removes duplicates, folds milestones: every accepted event once, with what it changed. */
final class MilestonesProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  static final String STORE = "accounts";
  static final String JOURNEY = "journey";
  static final String REJECTED = "rejected";
  static final String MISPLACED = "misplaced";

  private static final String PREFIX = "__connect.errors.";
  private static final int MAX_MESSAGE = 8_192;
  private static final List<Violation> CONFLICT =
      List.of(new Violation("Conflicting-Duplicate", "/id", "An event with this (source, id) and other content."));

  private final PeerTopology.Job job;
  private final EventDecoder decoder;
  private final FactEncoder facts;
  private final EventValidator validator;
  private final MilestoneFold fold;
  private final Progress.Tally tally;
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<byte[], AccountState> accounts;

  MilestonesProcessor(PeerTopology.Job job) {
    this.job = job;
    decoder = new EventDecoder(job.eventSchema());
    validator = new EventValidator(job.plan());
    fold = new MilestoneFold(job.plan());
    facts = new FactEncoder(job.factSchema(), job.plan().milestones().stream().map(one -> one.name()).toList());
    tally = job.progress().newTally(job.plan().milestones().size());
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    accounts = context.getStateStore(STORE);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    long receivedAt = record.timestamp() * 1_000;
    try {
      Event event = decoder.decode(record.key(), record.value(), receivedAt);
      accept(record, event, receivedAt, at);
    } catch (Violation.Found found) {
      reject(record, List.of(found.violation), at);
    }
    job.progress().processed(at.partition(), at.offset());
  }

  private void accept(Record<byte[], byte[]> record, Event event, long receivedAt, RecordMetadata at) {
    if (Utils.toPositive(Utils.murmur2(record.key())) % job.partitions() != at.partition()) {
      tally.misplaced++;
      context.forward(record, MISPLACED);
      return;
    }
    List<Violation> violations = validator.validate(event);
    if (!violations.isEmpty()) {
      reject(record, violations, at);
      return;
    }
    AccountState state = accounts.get(record.key());
    if (state == null) state = fold.initial();
    if (receivedAt > state.latestReceipt) state.latestReceipt = receivedAt;
    state.seen.forgetBefore(state.latestReceipt - job.plan().deduplicationWindow());
    long identity = Hash.identity(event);
    int content = Hash.content(event);
    switch (state.seen.judge(identity, content)) {
      case CONFLICT -> reject(record, CONFLICT, at);
      case DUPLICATE -> {
        tally.duplicates++;
        state.duplicates++;
      }
      case NEW -> {
        tally.accepted++;
        state.accepted++;
        state.seen.add(identity, content, receivedAt);
        List<Change> changes = fold.add(state, event);
        count(changes);
        context.forward(record.withValue(facts.encode(event, receivedAt, at.offset(), changes)), JOURNEY);
      }
    }
    accounts.put(record.key(), state);
  }

  private void count(List<Change> changes) {
    for (Change change : changes) {
      if (change.previous() == AccountState.NONE) tally.reached[change.milestone()]++;
      if (change.at() == AccountState.NONE) tally.reached[change.milestone()]--;
    }
  }

  /** Byte-identical, with the reasons in Kafka Connect's header names; an existing header is never overwritten. */
  private void reject(Record<byte[], byte[]> record, List<Violation> violations, RecordMetadata at) {
    tally.rejected++;
    Headers headers = new RecordHeaders(record.headers());
    add(headers, PREFIX + "topic", at.topic());
    add(headers, PREFIX + "partition", Integer.toString(at.partition()));
    add(headers, PREFIX + "offset", Long.toString(at.offset()));
    add(headers, PREFIX + "connector.name", context.applicationId());
    add(headers, PREFIX + "task.id", context.taskId().toString());
    add(headers, PREFIX + "stage", "VALUE_CONVERTER");
    add(headers, PREFIX + "class.name", MilestonesProcessor.class.getName());
    add(headers, PREFIX + "exception.class.name", violations.get(0).code());
    String message =
        violations.stream()
            .map(one -> one.code() + " " + one.field() + ": " + one.message())
            .collect(Collectors.joining("\n"));
    add(headers, PREFIX + "exception.message", message.substring(0, Math.min(message.length(), MAX_MESSAGE)));
    add(
        headers,
        "milepost.violations",
        violations.stream().map(Violation::json).collect(Collectors.joining(",", "[", "]")));
    context.forward(record.withHeaders(headers), REJECTED);
  }

  private static void add(Headers headers, String name, String value) {
    if (headers.lastHeader(name) == null) headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
