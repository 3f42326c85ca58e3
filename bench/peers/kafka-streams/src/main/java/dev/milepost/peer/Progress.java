package dev.milepost.peer;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What the run has done so far, over all threads. */
final class Progress {

  /** Of one task; written by its thread alone, read once that has ended. */
  static final class Tally {
    long accepted;
    long duplicates;
    long rejected;
    long misplaced;
    final long[] reached;

    Tally(int milestones) {
      reached = new long[milestones];
    }
  }

  private final long warmUp;
  private final long records;
  private final Map<Integer, Long> ends;
  private final AtomicLong processed = new AtomicLong();
  private final List<Tally> tallies = new CopyOnWriteArrayList<>();
  private volatile long began;
  private volatile long cpuAtBegin;
  private volatile long ended;
  private volatile long cpuAtEnd;

  /** `ends`: of each partition the offset that was its end at the start; what comes later is not measured. */
  Progress(long warmUp, long records, Map<Integer, Long> ends) {
    this.warmUp = warmUp;
    this.records = records;
    this.ends = ends;
  }

  Tally newTally(int milestones) {
    Tally tally = new Tally(milestones);
    tallies.add(tally);
    return tally;
  }

  List<Tally> tallies() {
    return tallies;
  }

  void processed(int partition, long offset) {
    if (offset >= ends.getOrDefault(partition, 0L)) return;
    long count = processed.incrementAndGet();
    if (count == warmUp + 1) {
      cpuAtBegin = cpuNanos();
      began = System.nanoTime();
    }
    if (count == records) {
      ended = System.nanoTime();
      cpuAtEnd = cpuNanos();
    }
  }

  long count() {
    return processed.get();
  }

  /** For a log whose last offsets are transaction markers: fewer records than offsets ever come. */
  void end() {
    if (ended != 0) return;
    ended = System.nanoTime();
    cpuAtEnd = cpuNanos();
  }

  long measured() {
    return Math.max(0, processed.get() - warmUp);
  }

  double seconds() {
    return (ended - began) / 1e9;
  }

  double cpuSeconds() {
    return (cpuAtEnd - cpuAtBegin) / 1e9;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }
}
