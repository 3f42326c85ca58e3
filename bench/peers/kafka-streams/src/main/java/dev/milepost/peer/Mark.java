package dev.milepost.peer;

/** What a condition over events keeps of one of them. `value` is empty where only times matter. */
record Mark(long at, String value) {

  /** Equal times by value, so that the marks are the same whatever the order of arrival. */
  boolean isAfter(Mark other) {
    return at > other.at || (at == other.at && value.compareTo(other.value) > 0);
  }
}
