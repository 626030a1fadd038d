package io.github.purenet.kernel;

/** The system properties of the library. */
final class SystemProperties {

  private SystemProperties() {}

  /** Returns N of {@code -Dpurenet.threads=N}, or the number of processors if value is null. */
  static int threads(String value) {
    if (value == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    try {
      int threads = Integer.parseInt(value.trim());
      if (threads >= 1 && threads <= 1024) {
        return threads;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number out of range
    }
    throw new IllegalArgumentException(
        "purenet.threads: expected a number from 1 to 1024, got " + value);
  }
}
