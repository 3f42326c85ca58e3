package dev.milepost.peer;

import dev.milepost.peer.TrackingPlan.Condition;
import dev.milepost.peer.TrackingPlan.Kind;
import dev.milepost.peer.TrackingPlan.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.util.Utf8;

/**
 * Takes an accepted event into an account's milestones. A leaf keeps the smallest marks that decide it for ever, so a
 * late event goes exactly where it belongs.
 */
final class MilestoneFold {
  private static final long DAY = 86_400_000_000L;
  private static final int MAX_DAYS = 1_000;
  private static final Leaf[] NO_LEAVES = {};

  /** A milestone that an event changed; `AccountState.NONE` where it is not reached. */
  record Change(int milestone, long at, long previous) {}

  private final TrackingPlan plan;
  private final Utf8 start;
  private final Map<Utf8, Leaf[]> leavesByType = new HashMap<>();
  private final Utf8[] distinctOf;

  MilestoneFold(TrackingPlan plan) {
    this.plan = plan;
    start = new Utf8(plan.start());
    Map<Utf8, List<Leaf>> byType = new HashMap<>();
    for (Leaf leaf : plan.leaves()) {
      for (String type : leaf.types()) byType.computeIfAbsent(new Utf8(type), any -> new ArrayList<>()).add(leaf);
    }
    byType.forEach((type, leaves) -> leavesByType.put(type, leaves.toArray(NO_LEAVES)));
    distinctOf =
        plan.leaves().stream()
            .map(leaf -> leaf.of() == null || leaf.of().equals("userId") ? null : new Utf8(leaf.of()))
            .toArray(Utf8[]::new);
  }

  AccountState initial() {
    return AccountState.initial(plan.leaves().size(), plan.milestones().size());
  }

  List<Change> add(AccountState state, Event event) {
    boolean moved = moveStart(state, event);
    boolean marked = false;
    for (Leaf leaf : leavesByType.getOrDefault(event.type(), NO_LEAVES)) {
      if (leaf.outcome() != null && !leaf.outcome().equals(event.outcome())) continue;
      if (addToLeaf(leaf, state.marks.get(leaf.index()), event)) marked = true;
    }
    return moved || marked ? evaluate(state) : List.of();
  }

  private boolean moveStart(AccountState state, Event event) {
    long before = state.start();
    if (state.earliestAt == AccountState.NONE || event.occurredAt() < state.earliestAt) {
      state.earliestAt = event.occurredAt();
    }
    if (event.type().equals(start)
        && (state.createdAt == AccountState.NONE || event.occurredAt() < state.createdAt)) {
      state.createdAt = event.occurredAt();
    }
    return state.start() != before;
  }

  private List<Change> evaluate(AccountState state) {
    List<Change> changes = null;
    for (int i = 0; i < state.reached.length; i++) {
      long at = reachedAt(plan.milestones().get(i).condition(), state);
      long previous = state.reached[i];
      if (at == previous) continue;
      state.reached[i] = at;
      if (changes == null) changes = new ArrayList<>(2);
      changes.add(new Change(i, at, previous));
    }
    return changes == null ? List.of() : changes;
  }

  private static long reachedAt(Condition condition, AccountState state) {
    long at =
        condition.leaf() != null
            ? leafReachedAt(condition.leaf(), state.marks.get(condition.leaf().index()))
            : combined(condition, state);
    boolean tooLate = at != AccountState.NONE && condition.within() >= 0 && at > state.start() + condition.within();
    return tooLate ? AccountState.NONE : at;
  }

  private static long combined(Condition condition, AccountState state) {
    long first = AccountState.NONE;
    long last = AccountState.NONE;
    boolean all = true;
    boolean inOrder = true;
    for (Condition part : condition.parts()) {
      long at = reachedAt(part, state);
      if (at == AccountState.NONE) {
        all = false;
        continue;
      }
      if (at < last) inOrder = false;
      if (first == AccountState.NONE || at < first) first = at;
      if (at > last) last = at;
    }
    if (condition.kind() == Kind.ANY) return first;
    if (!all || (condition.kind() == Kind.SEQUENCE && !inOrder)) return AccountState.NONE;
    return last;
  }

  /** True when the marks changed. */
  private boolean addToLeaf(Leaf leaf, List<Mark> marks, Event event) {
    long at = event.occurredAt();
    if (leaf.kind() == Kind.COUNT) return insert(marks, new Mark(at, ""), leaf.atLeast());
    String value =
        leaf.kind() == Kind.DISTINCT ? distinctValue(leaf, event) : Long.toString(Math.floorDiv(at, DAY));
    if (value.isEmpty()) return false;
    int known = indexOf(marks, value);
    if (known >= 0) {
      if (marks.get(known).at() <= at) return false;
      marks.remove(known);
    }
    Mark mark = new Mark(at, value);
    if (leaf.kind() == Kind.DISTINCT) return insert(marks, mark, leaf.atLeast()) || known >= 0;
    insert(marks, mark, MAX_DAYS);
    int completing = completingDay(leaf, marks);
    // Days after the completing one can't make it earlier.
    if (completing >= 0 && completing + 1 < marks.size()) marks.subList(completing + 1, marks.size()).clear();
    return marks.contains(mark);
  }

  private static int indexOf(List<Mark> marks, String value) {
    for (int i = 0; i < marks.size(); i++) if (marks.get(i).value().equals(value)) return i;
    return -1;
  }

  private static boolean insert(List<Mark> marks, Mark mark, int keep) {
    int place = marks.size();
    while (place > 0 && marks.get(place - 1).isAfter(mark)) place--;
    if (place >= keep) return false;
    marks.add(place, mark);
    if (marks.size() > keep) marks.remove(marks.size() - 1);
    return true;
  }

  private static long leafReachedAt(Leaf leaf, List<Mark> marks) {
    int last = leaf.kind() == Kind.ACTIVE_DAYS ? completingDay(leaf, marks) : leaf.atLeast() - 1;
    return last < 0 || last >= marks.size() ? AccountState.NONE : marks.get(last).at();
  }

  /** Index of the first day that has enough active days within the window that ends with it; -1 when none has. */
  private static int completingDay(Leaf leaf, List<Mark> marks) {
    for (int last = leaf.atLeast() - 1; last < marks.size(); last++) {
      long first = Long.parseLong(marks.get(last - leaf.atLeast() + 1).value());
      if (Long.parseLong(marks.get(last).value()) - first < leaf.days()) return last;
    }
    return -1;
  }

  private String distinctValue(Leaf leaf, Event event) {
    Utf8 name = distinctOf[leaf.index()];
    Object value = name == null ? event.user() : event.properties().get(name);
    return value == null ? "" : value.toString();
  }
}
