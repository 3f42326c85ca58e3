package dev.milepost.peer;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** Runs the topology over what is in the topic, prints one line of JSON, ends. Exit codes: 0, 1 failed, 2 wrong use. */
public final class Peer {
  private static final long LOOK_EVERY_MS = 100;
  private static final long MOST_WARM_UP = 50_000;

  private final Options options;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private Peer(Options options) {
    this.options = options;
  }

  public static void main(String[] args) {
    try {
      Options options = Options.parse(args);
      if (options == null) System.out.print(Options.USAGE);
      else System.out.println(new Peer(options).run());
    } catch (Options.Wrong wrong) {
      System.err.println(wrong.getMessage() + "\n\n" + Options.USAGE);
      System.exit(2);
    } catch (Exception failed) {
      System.err.println("kafka-streams peer: " + failed);
      System.exit(1);
    }
    System.exit(0);
  }

  private String run() throws Exception {
    TrackingPlan plan = TrackingPlan.read(options.plan());
    Schema.Parser parser = new Schema.Parser();
    Schema event = parser.parse(options.eventSchema().toFile());
    Schema fact = parser.parse(options.journeySchema().toFile()).getField("facts").schema().getElementType();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", options.brokers()))) {
      Map<TopicPartition, Long> ends = ends(admin);
      long records = ends.values().stream().mapToLong(Long::longValue).sum();
      if (records == 0) throw new IllegalStateException("onboarding.events is empty; feed it first.");
      long warmUp = options.warmUp() >= 0 ? options.warmUp() : Math.min(MOST_WARM_UP, records / 5);
      if (warmUp >= records) throw new IllegalStateException("Only " + records + " records: nothing is left to measure.");
      Map<Integer, Long> byPartition = new HashMap<>();
      ends.forEach((partition, end) -> byPartition.put(partition.partition(), end));
      Progress progress = new Progress(warmUp, records, byPartition);
      var job = new PeerTopology.Job(plan, event, fact, ends.size(), progress);
      try (KafkaStreams streams = start(job)) {
        awaitEnd(admin, ends, progress, records);
        // Before the tallies are read: the threads must have ended.
        if (!streams.close(Duration.ofSeconds(60))) throw new IllegalStateException("The threads did not end in 60 s.");
      }
      return report(plan, progress, records);
    }
  }

  private KafkaStreams start(PeerTopology.Job job) {
    Properties settings = PeerTopology.settings(options);
    KafkaStreams streams = new KafkaStreams(PeerTopology.build(job, options.topicPrefix()), settings);
    streams.setUncaughtExceptionHandler(
        error -> {
          failure.compareAndSet(null, error);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    return streams;
  }

  private Map<TopicPartition, Long> ends(Admin admin) throws Exception {
    String topic = options.topicPrefix() + "onboarding.events";
    try {
      var described = admin.describeTopics(List.of(topic)).allTopicNames().get(30, TimeUnit.SECONDS);
      Map<TopicPartition, OffsetSpec> asked =
          described.get(topic).partitions().stream()
              .collect(
                  Collectors.toMap(one -> new TopicPartition(topic, one.partition()), one -> OffsetSpec.latest()));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin.listOffsets(asked).all().get(30, TimeUnit.SECONDS).forEach((at, found) -> ends.put(at, found.offset()));
      return ends;
    } catch (ExecutionException refused) {
      throw new IOException("Topic " + topic + " at " + options.brokers() + ": " + refused.getCause().getMessage());
    }
  }

  /** Until everything that was there at the start is committed, so that its outputs can be read. */
  private void awaitEnd(Admin admin, Map<TopicPartition, Long> ends, Progress progress, long records)
      throws Exception {
    long giveUpAt = System.nanoTime() + options.patience().toNanos();
    while (!options.untilEnd() || !committed(admin, ends)) {
      if (failure.get() != null) throw new IllegalStateException("A stream thread failed: " + failure.get(), failure.get());
      if (options.untilEnd() && System.nanoTime() > giveUpAt) {
        throw new IllegalStateException(
            "Gave up after %d s: %d of %d records processed."
                .formatted(options.patience().toSeconds(), progress.count(), records));
      }
      Thread.sleep(LOOK_EVERY_MS);
    }
    progress.end();
  }

  private boolean committed(Admin admin, Map<TopicPartition, Long> ends) throws Exception {
    try {
      var offsets =
          admin
              .listConsumerGroupOffsets(options.applicationId())
              .partitionsToOffsetAndMetadata()
              .get(30, TimeUnit.SECONDS);
      return ends.entrySet().stream()
          .filter(end -> end.getValue() > 0)
          .allMatch(end -> offsets.get(end.getKey()) != null && offsets.get(end.getKey()).offset() >= end.getValue());
    } catch (ExecutionException notYet) {
      return false;
    }
  }

  private String report(TrackingPlan plan, Progress progress, long records) {
    var tallies = progress.tallies();
    StringBuilder milestones = new StringBuilder();
    for (int i = 0; i < plan.milestones().size(); i++) {
      int milestone = i;
      long reached = tallies.stream().mapToLong(one -> one.reached[milestone]).sum();
      milestones.append(i == 0 ? "" : ",").append('"').append(plan.milestones().get(i).name()).append("\":").append(reached);
    }
    String line =
        "{\"events\":%d,\"seconds\":%.3f,\"eventsPerSecond\":%d,\"cpuSeconds\":%.1f,\"threads\":%d,\"records\":%d,"
            + "\"accepted\":%d,\"duplicates\":%d,\"rejected\":%d,\"misplaced\":%d,\"milestones\":{%s}}";
    return String.format(
        Locale.ROOT,
        line,
        progress.measured(),
        progress.seconds(),
        Math.round(progress.measured() / progress.seconds()),
        progress.cpuSeconds(),
        options.threads(),
        records,
        tallies.stream().mapToLong(one -> one.accepted).sum(),
        tallies.stream().mapToLong(one -> one.duplicates).sum(),
        tallies.stream().mapToLong(one -> one.rejected).sum(),
        tallies.stream().mapToLong(one -> one.misplaced).sum(),
        milestones);
  }
}
