package io.github.purenet.serve;

import io.github.purenet.PureNet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** What a server counts, in the text format of Prometheus 0.0.4. */
final class Metrics {
  /** The media type of that format. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Upper bounds of the classes of the histogram, in seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private static final class Latency {
    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
    private final LongAdder nanos = new LongAdder();

    private void add(long time) {
      int k = 0;
      while (k < BOUNDS.length && time > BOUNDS[k] * 1e9) {
        k++;
      }
      counts.incrementAndGet(k);
      nanos.add(time);
    }
  }

  private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
  private final Map<String, Latency> latencies = new ConcurrentHashMap<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder predicted = new LongAdder();
  private final long start = System.nanoTime();

  void began() {
    inFlight.incrementAndGet();
  }

  /**
   * Counts a request that is over.
   *
   * @param route its path if there is such a route; never what a client may choose
   * @param status the status, or gone if the client has gone or was too slow
   */
  void ended(String method, String route, String status, long nanos) {
    inFlight.decrementAndGet();
    String labels =
        String.format(
            Locale.ROOT, "method=\"%s\",route=\"%s\",status=\"%s\"", method, route, status);
    requests.computeIfAbsent(labels, key -> new LongAdder()).increment();
    latencies.computeIfAbsent(route, key -> new Latency()).add(nanos);
  }

  /** Counts a request that was sent away since there is too much to do. */
  void rejected() {
    rejected.increment();
  }

  /** Counts samples that a network has been asked for. */
  void predicted(int count) {
    predicted.add(count);
  }

  int inFlight() {
    return inFlight.get();
  }

  /** Returns all numbers. */
  String text() {
    StringBuilder out = new StringBuilder();
    header(out, "purenet_http_requests_total", "counter", "Requests by route and status.");
    new TreeMap<>(requests)
        .forEach((labels, count) -> line(out, "purenet_http_requests_total", labels, count));
    String name = "purenet_http_request_duration_seconds";
    header(out, name, "histogram", "Time from the headers of a request to the end of its answer.");
    new TreeMap<>(latencies).forEach((route, latency) -> histogram(out, name, route, latency));
    header(out, "purenet_http_requests_in_flight", "gauge", "Requests that are being answered.");
    line(out, "purenet_http_requests_in_flight", "", inFlight.get());
    header(
        out,
        "purenet_http_rejected_total",
        "counter",
        "Requests and connections sent away since there was too much to do.");
    line(out, "purenet_http_rejected_total", "", rejected);
    header(out, "purenet_images_predicted_total", "counter", "Samples that were classified.");
    line(out, "purenet_images_predicted_total", "", predicted);
    Runtime jvm = Runtime.getRuntime();
    header(out, "jvm_memory_used_bytes", "gauge", "Heap that is used, garbage included.");
    line(out, "jvm_memory_used_bytes", "area=\"heap\"", jvm.totalMemory() - jvm.freeMemory());
    header(out, "jvm_memory_max_bytes", "gauge", "The largest heap.");
    line(out, "jvm_memory_max_bytes", "area=\"heap\"", jvm.maxMemory());
    header(out, "purenet_uptime_seconds", "gauge", "Time since the server was started.");
    line(out, "purenet_uptime_seconds", "", (System.nanoTime() - start) / 1e9);
    header(out, "purenet_info", "gauge", "Version, backend and Java.");
    String info =
        String.format(
            Locale.ROOT,
            "version=\"%s\",backend=\"%s\",java=\"%s\"",
            PureNet.version(),
            PureNet.backend(),
            Runtime.version());
    line(out, "purenet_info", info, 1);
    return out.toString();
  }

  private static void histogram(StringBuilder out, String name, String route, Latency latency) {
    String label = "route=\"" + route + '"';
    long sum = 0;
    for (int k = 0; k <= BOUNDS.length; k++) {
      sum += latency.counts.get(k);
      String bound = k == BOUNDS.length ? "+Inf" : String.valueOf(BOUNDS[k]);
      line(out, name + "_bucket", label + ",le=\"" + bound + '"', sum);
    }
    line(out, name + "_sum", label, latency.nanos.sum() / 1e9);
    line(out, name + "_count", label, sum);
  }

  private static void header(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder out, String name, String labels, Object value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }
}
