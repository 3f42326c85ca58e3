package dev.milepost.peer;

/** Why a record was rejected, by Milepost's names. */
record Violation(String code, String field, String message) {

  String json() {
    return "{\"code\":\"" + code + "\",\"field\":\"" + quoted(field) + "\",\"message\":\"" + quoted(message) + "\"}";
  }

  /** A property's name may hold anything. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') out.append('\\').append(unit);
      else if (unit < ' ') out.append(String.format("\\u%04x", (int) unit));
      else out.append(unit);
    }
    return out.toString();
  }

  /** Ends the decoding of a record; without a stack trace, because bad data are ordinary. */
  static final class Found extends Exception {
    final Violation violation;

    Found(String code, String field, String message) {
      super(message, null, false, false);
      violation = new Violation(code, field, message);
    }
  }
}
