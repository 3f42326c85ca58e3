package dev.milepost.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One account. Times are microseconds; `NONE` stands for no time. */
final class AccountState {
  static final long NONE = Long.MIN_VALUE;

  long createdAt = NONE;
  long earliestAt = NONE;
  /** By leaf of the plan, each sorted by time. */
  final List<List<Mark>> marks;
  /** By milestone of the plan. */
  final long[] reached;
  final SeenEvents seen;
  long accepted;
  long duplicates;
  /** Largest record timestamp of the account's events: what the deduplication window is measured against. */
  long latestReceipt;

  AccountState(int leaves, long[] reached, SeenEvents seen) {
    this.marks = new ArrayList<>(leaves);
    this.reached = reached;
    this.seen = seen;
  }

  static AccountState initial(int leaves, int milestones) {
    long[] reached = new long[milestones];
    Arrays.fill(reached, NONE);
    AccountState state = new AccountState(leaves, reached, new SeenEvents(new byte[0], 0));
    for (int i = 0; i < leaves; i++) state.marks.add(new ArrayList<>(2));
    return state;
  }

  /** The clock starts at the earliest creation, or at the earliest event while there is none. */
  long start() {
    return createdAt != NONE ? createdAt : earliestAt;
  }
}
