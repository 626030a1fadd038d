package io.github.purenet.serve;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits of the JDK's server that are system properties, which it reads when the first server of
 * this JVM is made: properties that are not set are set while this is open. An application that has
 * made a server before, or has set them, keeps its own.
 */
final class JdkLimits implements AutoCloseable {
  /** Connections above this number are closed at once; each that sends something has a thread. */
  static final int MAX_CONNECTIONS = 500;

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "jdk.httpserver.maxConnections", String.valueOf(MAX_CONNECTIONS),
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", String.valueOf(64 << 10),
          "sun.net.httpserver.idleInterval", "20", // seconds
          "sun.net.httpserver.clockTick", "1000", // milliseconds between looks at idle connections
          "sun.net.httpserver.nodelay", "true"); // answers of several packets wait for none

  private final Map<String, String> set = new LinkedHashMap<>();

  JdkLimits() {
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
            set.put(name, value);
          }
        });
  }

  @Override
  public void close() {
    set.keySet().forEach(System::clearProperty);
  }
}
