package dev.milepost.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What this job needs of the tracking plan, read from the same YAML as Milepost reads: events, milestones, the
 * deduplication window. The folder is taken to be valid (`milepost plan check`). Durations are microseconds.
 */
record TrackingPlan(
    long deduplicationWindow,
    boolean rejectsUnplanned,
    String start,
    Map<String, EventDefinition> events,
    List<Milestone> milestones,
    List<Leaf> leaves) {

  enum Type { STRING, INTEGER, NUMBER, BOOLEAN }

  /** minimum and maximum are infinite, allowed null, where the plan says nothing. */
  record Property(String name, Type type, boolean required, double minimum, double maximum, List<String> allowed) {}

  record EventDefinition(String type, boolean coreAction, List<String> requiredContext, List<Property> properties) {}

  enum Kind { COUNT, DISTINCT, ACTIVE_DAYS, ALL, ANY, SEQUENCE }

  /** A condition over single events; `outcome` null counts any, `of` and `days` serve their kind alone. */
  record Leaf(int index, Kind kind, List<String> types, String outcome, int atLeast, String of, int days) {}

  /** `leaf` for the first three kinds, `parts` for the others; `within` -1 without a limit. */
  record Condition(Kind kind, Leaf leaf, List<Condition> parts, long within) {}

  record Milestone(String name, Condition condition) {}

  private static final Pattern DURATION = Pattern.compile("(\\d+) ?(s|min|h|d|w)");
  private static final Map<String, Long> UNITS =
      Map.of("s", 1L, "min", 60L, "h", 3_600L, "d", 86_400L, "w", 604_800L);
  private static final Map<String, Kind> KINDS =
      Map.of(
          "count", Kind.COUNT,
          "distinct", Kind.DISTINCT,
          "activeDays", Kind.ACTIVE_DAYS,
          "all", Kind.ALL,
          "any", Kind.ANY,
          "sequence", Kind.SEQUENCE);

  static TrackingPlan read(Path folder) throws IOException {
    Map<String, Object> written = new LinkedHashMap<>();
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
      for (Path file : files) {
        try (var reader = Files.newBufferedReader(file)) {
          written.putAll(yaml.<Map<String, Object>>load(reader));
        }
      }
    }
    Map<String, EventDefinition> events = new LinkedHashMap<>();
    map(written.get("events")).forEach((type, one) -> events.put(type, event(type, map(one))));
    List<Milestone> milestones = new ArrayList<>();
    List<Leaf> leaves = new ArrayList<>();
    map(written.get("milestones"))
        .forEach(
            (name, one) -> {
              Map<String, Object> reached = map(map(one).get("reached"));
              milestones.add(new Milestone(name, condition(reached, events, leaves)));
            });
    return new TrackingPlan(
        duration(written.get("deduplicationWindow")),
        "reject".equals(written.get("unplannedProperties")),
        (String) map(written.get("lifecycle")).get("start"),
        events,
        milestones,
        leaves);
  }

  private static EventDefinition event(String type, Map<String, Object> written) {
    List<Property> properties = new ArrayList<>();
    map(written.getOrDefault("properties", Map.of()))
        .forEach((name, one) -> properties.add(property(name, map(one))));
    List<String> context = new ArrayList<>(new TreeSet<>(strings(written.getOrDefault("requiredContext", List.of()))));
    return new EventDefinition(type, Boolean.TRUE.equals(written.get("coreAction")), context, properties);
  }

  private static Property property(String name, Map<String, Object> written) {
    return new Property(
        name,
        Type.valueOf(((String) written.get("type")).toUpperCase()),
        Boolean.TRUE.equals(written.get("required")),
        written.get("minimum") instanceof Number least ? least.doubleValue() : Double.NEGATIVE_INFINITY,
        written.get("maximum") instanceof Number most ? most.doubleValue() : Double.POSITIVE_INFINITY,
        written.get("allowed") == null ? null : strings(written.get("allowed")));
  }

  private static Condition condition(
      Map<String, Object> written, Map<String, EventDefinition> events, List<Leaf> leaves) {
    String name = KINDS.keySet().stream().filter(written::containsKey).findFirst().orElseThrow();
    Kind kind = KINDS.get(name);
    long within = written.get("within") == null ? -1 : duration(written.get("within"));
    if (written.get(name) instanceof List<?> parts) {
      List<Condition> read = parts.stream().map(part -> condition(map(part), events, leaves)).toList();
      return new Condition(kind, null, read, within);
    }
    Map<String, Object> of = map(written.get(name));
    Leaf leaf =
        new Leaf(
            leaves.size(),
            kind,
            types(of, events),
            (String) of.get("outcome"),
            (int) of.getOrDefault("atLeast", 1),
            (String) of.get("of"),
            (int) of.getOrDefault("withinDays", 0));
    leaves.add(leaf);
    return new Condition(kind, leaf, List.of(), within);
  }

  private static List<String> types(Map<String, Object> written, Map<String, EventDefinition> events) {
    if (written.get("event") instanceof String type) return List.of(type);
    if (!"core-actions".equals(written.get("events"))) return strings(written.get("events"));
    return events.values().stream().filter(EventDefinition::coreAction).map(EventDefinition::type).toList();
  }

  private static long duration(Object written) {
    Matcher found = DURATION.matcher((String) written);
    if (!found.matches()) throw new IllegalArgumentException("No duration: " + written);
    return Long.parseLong(found.group(1)) * UNITS.get(found.group(2)) * 1_000_000;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object yaml) {
    return (Map<String, Object>) yaml;
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object yaml) {
    return (List<String>) yaml;
  }
}
