package dev.milepost.peer;

import dev.milepost.peer.TrackingPlan.EventDefinition;
import dev.milepost.peer.TrackingPlan.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** The plan as a check of single events. Names are looked up as the bytes they come in; a valid event allocates nothing. */
final class EventValidator {
  private static final double MAX_SAFE_INTEGER = 9_007_199_254_740_991d;

  private record Check(Utf8 name, Property property) {}

  private record EventCheck(List<String> requiredContext, Check[] checks, Set<Utf8> names) {}

  private final Map<Utf8, EventCheck> byType = new HashMap<>();
  private final boolean rejectsUnplanned;

  EventValidator(TrackingPlan plan) {
    rejectsUnplanned = plan.rejectsUnplanned();
    for (EventDefinition event : plan.events().values()) {
      Check[] checks =
          event.properties().stream().map(one -> new Check(new Utf8(one.name()), one)).toArray(Check[]::new);
      Set<Utf8> names = event.properties().stream().map(one -> new Utf8(one.name())).collect(Collectors.toSet());
      byType.put(new Utf8(event.type()), new EventCheck(event.requiredContext(), checks, names));
    }
  }

  /** Every violation in the plan's order; empty when the event is valid. */
  List<Violation> validate(Event event) {
    EventCheck known = byType.get(event.type());
    if (known == null) {
      return List.of(new Violation("Unplanned-Event", "/type", "type: want an event of the tracking plan."));
    }
    List<Violation> found = null;
    for (int i = 0; i < known.requiredContext.size(); i++) {
      String name = known.requiredContext.get(i);
      if (event.context() == null || event.context().get(name) == null) {
        found = add(found, "Required-Missing", "/data/context/" + name, name + ": found nothing.");
      }
    }
    if (companySize(event.context()) < 0) {
      found = add(found, "Value-Not-Allowed", "/data/context/companySize", "companySize: want at least 0.");
    }
    for (Check check : known.checks) {
      String code = check(check.property, event.properties().get(check.name));
      if (code == null) continue;
      String name = check.property.name();
      found = add(found, code, "/data/properties/" + name, name + ": does not keep to the tracking plan.");
    }
    if (rejectsUnplanned) {
      for (Utf8 name : event.properties().keySet()) {
        if (known.names.contains(name)) continue;
        found = add(found, "Additional-Properties", "/data/properties/" + name, "A property outside of the plan.");
      }
    }
    return found == null ? List.of() : found;
  }

  private static int companySize(GenericRecord context) {
    Object size = context == null ? null : context.get("companySize");
    return size == null ? 0 : (int) size;
  }

  /** The violation's code; null when the value will do. */
  private static String check(Property property, Object value) {
    if (value == null) return property.required() ? "Required-Missing" : null;
    switch (property.type()) {
      case STRING:
        if (!(value instanceof Utf8)) return "Datatype-Mismatch";
        break;
      case BOOLEAN:
        if (!(value instanceof Boolean)) return "Datatype-Mismatch";
        break;
      case INTEGER:
        if (!(value instanceof Number whole) || !isInteger(whole.doubleValue())) return "Datatype-Mismatch";
        break;
      default:
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) return "Datatype-Mismatch";
    }
    if (value instanceof Number number) {
      double size = number.doubleValue();
      if (size < property.minimum() || size > property.maximum()) return "Value-Not-Allowed";
    }
    if (property.allowed() != null && !property.allowed().contains(value.toString())) return "Value-Not-Allowed";
    return null;
  }

  private static boolean isInteger(double value) {
    return value == Math.rint(value) && Math.abs(value) <= MAX_SAFE_INTEGER;
  }

  private static List<Violation> add(List<Violation> found, String code, String field, String message) {
    List<Violation> all = found == null ? new ArrayList<>(2) : found;
    all.add(new Violation(code, field, message));
    return all;
  }
}
