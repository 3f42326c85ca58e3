package dev.milepost.peer;

import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** One sub-topology and one store: an account's state is read and written once an event. */
final class PeerTopology {
  /** What a task needs to know. */
  record Job(TrackingPlan plan, Schema eventSchema, Schema factSchema, int partitions, Progress progress) {}

  private PeerTopology() {}

  static Topology build(Job job, String topicPrefix) {
    var bytes = Serdes.ByteArray();
    var accounts =
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(MilestonesProcessor.STORE), bytes, new AccountStateSerde())
            .withCachingEnabled()
            .withLoggingEnabled(Map.of());
    String events = topicPrefix + "onboarding.events";
    Topology topology = new Topology();
    topology.addSource("events", bytes.deserializer(), bytes.deserializer(), events);
    topology.addProcessor("milestones", () -> new MilestonesProcessor(job), "events");
    topology.addStateStore(accounts, "milestones");
    sink(topology, MilestonesProcessor.JOURNEY, topicPrefix + "peer.journey");
    sink(topology, MilestonesProcessor.REJECTED, topicPrefix + "onboarding.rejected");
    sink(topology, MilestonesProcessor.MISPLACED, events);
    return topology;
  }

  private static void sink(Topology topology, String name, String topic) {
    var bytes = Serdes.ByteArray().serializer();
    // By a name of its own: an event that lies in the wrong partition goes back to the topic that it came from.
    topology.addSink(name, (key, value, context) -> topic, bytes, bytes, "milestones");
  }

  static Properties settings(Options options) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, options.applicationId());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, options.brokers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, options.stateDir().toString());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 300_000);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    settings.putAll(options.settings());
    return settings;
  }
}
