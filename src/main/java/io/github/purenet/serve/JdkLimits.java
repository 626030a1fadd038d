package io.github.purenet.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Limits of the JDK's server that are system properties, which it reads when the first server of
 * this JVM is made. Properties that are set already are left as they are, and an application that
 * has made a server before keeps its own.
 */
final class JdkLimits {
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

  private JdkLimits() {}

  /** Creates a server of the JDK that has these limits. */
  static HttpServer create(InetSocketAddress address) throws IOException {
    List<String> set = new ArrayList<>();
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
            set.add(name);
          }
        });
    try {
      return HttpServer.create(address, MAX_CONNECTIONS);
    } finally {
      set.forEach(System::clearProperty);
    }
  }
}
