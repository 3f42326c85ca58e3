package dev.milepost.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command line, parsed once. */
record Options(
    String brokers,
    String topicPrefix,
    String applicationId,
    Path stateDir,
    int threads,
    Path plan,
    Path eventSchema,
    Path journeySchema,
    boolean untilEnd,
    long warmUp,
    Duration patience,
    Map<String, String> settings) {

  static final String USAGE =
      """
      Reads onboarding.events, writes peer.journey and onboarding.rejected, prints one line of JSON.

        --brokers HOST:PORT[,…]    required
        --application-id ID        required; a new one for every run, because state is kept under it
        --state-dir FOLDER         required; RocksDB goes there
        --plan FOLDER              required; the tracking plan's YAML
        --journey-schema FILE      required; journey-page.avsc
        --event-schema FILE        required; onboarding-event.avsc
        --topic-prefix PREFIX      before each topic's name; none by default
        --threads N                stream threads, 1 by default
        --until-end                end once everything that was there at the start is processed and committed
        --warm-up N                records before the measuring begins; by default a fifth, at most 50,000
        --give-up-after SECONDS    300 by default
        --set NAME=VALUE           a Kafka Streams property, over those of the program; may be repeated
      """;

  private static final Set<String> FLAGS = Set.of("--until-end", "--help");
  private static final Set<String> NAMES =
      Pattern.compile("^ *(--[a-z-]+) [A-Z]", Pattern.MULTILINE)
          .matcher(USAGE)
          .results()
          .map(found -> found.group(1))
          .collect(Collectors.toSet());

  static final class Wrong extends RuntimeException {
    Wrong(String message) {
      super(message);
    }
  }

  static Options parse(String[] args) {
    Map<String, String> given = new LinkedHashMap<>();
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      String name = args[i];
      if (FLAGS.contains(name)) {
        given.put(name, "true");
        continue;
      }
      if (!NAMES.contains(name)) throw new Wrong("Unknown option " + name + ".");
      if (++i == args.length) throw new Wrong(name + " needs a value.");
      if (!name.equals("--set")) {
        given.put(name, args[i]);
        continue;
      }
      int equals = args[i].indexOf('=');
      if (equals < 1) throw new Wrong("--set wants NAME=VALUE, found " + args[i] + ".");
      settings.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    if (given.containsKey("--help")) return null;
    return new Options(
        required(given, "--brokers"),
        given.getOrDefault("--topic-prefix", ""),
        required(given, "--application-id"),
        Path.of(required(given, "--state-dir")),
        (int) whole(given, "--threads", 1, 1),
        Path.of(required(given, "--plan")),
        Path.of(required(given, "--event-schema")),
        Path.of(required(given, "--journey-schema")),
        given.containsKey("--until-end"),
        whole(given, "--warm-up", -1, 0),
        Duration.ofSeconds(whole(given, "--give-up-after", 300, 1)),
        settings);
  }

  private static String required(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) throw new Wrong(name + " is missing.");
    return value;
  }

  private static long whole(Map<String, String> given, String name, long fallback, long least) {
    String value = given.get(name);
    if (value == null) return fallback;
    if (!value.matches("\\d{1,15}") || Long.parseLong(value) < least) {
      throw new Wrong(name + " wants a whole number from " + least + ", found " + value + ".");
    }
    return Long.parseLong(value);
  }
}
