package io.github.purenet.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server for one person's browser and programs: on this machine alone unless told
 * otherwise, closed to the pages of other sites, and limited in all that it takes.
 *
 * <p>It has routes of its own, {@code /api/health} and {@code /api/metrics}, besides those that it
 * is given. {@link #close} lets the requests that are being answered end, and leaves no thread
 * behind.
 */
public final class Server implements AutoCloseable {
  /** Where a server listens, to whom, and what it answers. */
  public static final class Builder {
    private String host = "127.0.0.1";
    private int port;
    private final List<String> allowedHosts = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private Limits limits = Limits.DEFAULT;

    private Builder() {}

    /**
     * Sets the address to listen at.
     *
     * @param value an address or the name of one, by default {@code 127.0.0.1}; {@code 0.0.0.0} for
     *     all of this machine
     * @return this builder
     */
    public Builder host(String value) {
      host = value;
      return this;
    }

    /**
     * Sets the port to listen at.
     *
     * @param value the port, or 0 for one that is free, which is the default
     * @return this builder
     * @throws IllegalArgumentException if there is no such port
     */
    public Builder port(int value) {
      if (value < 0 || value > 65_535) {
        throw new IllegalArgumentException("port: expected 0 to 65535, got " + value);
      }
      port = value;
      return this;
    }

    /**
     * Adds names by which browsers reach the server, besides localhost and {@link #host}. Requests
     * by other names are refused.
     *
     * @param names names or addresses, without ports
     * @return this builder
     */
    public Builder allowHosts(List<String> names) {
      allowedHosts.addAll(names);
      return this;
    }

    /**
     * Adds routes.
     *
     * @param more the routes
     * @return this builder
     */
    public Builder routes(List<Route> more) {
      routes.addAll(more);
      return this;
    }

    Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /**
     * Starts a server.
     *
     * @return the server, which listens
     * @throws IOException if it cannot listen there
     * @throws IllegalArgumentException if two routes are of the same path and method
     */
    public Server start() throws IOException {
      return new Server(this);
    }
  }

  /** What all requests of a server share. */
  static final class State {
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Metrics metrics = new Metrics();
    private final Semaphore streams;

    State(int maxStreams) {
      streams = new Semaphore(maxStreams);
    }

    Metrics metrics() {
      return metrics;
    }

    boolean isClosing() {
      return closing.getCount() == 0;
    }

    /** Waits until the server ends, or the time is over; returns whether it ends. */
    boolean awaitClosing(Duration time) throws InterruptedException {
      return closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean enterStream() {
      return streams.tryAcquire();
    }

    void leaveStream() {
      streams.release();
    }
  }

  private final State state;
  private final HttpServer http;
  private final Threads threads;
  private final List<Route> routes;
  private final Duration end;
  private final URI uri;

  private Server(Builder builder) throws IOException {
    state = new State(builder.limits.streams());
    end = builder.limits.times().end();
    List<Route> all = new ArrayList<>(builder.routes);
    all.addAll(own());
    routes = List.copyOf(all);
    Routes table = new Routes(routes);
    InetSocketAddress address = address(builder.host, builder.port);
    boolean everywhere = address.getAddress().isAnyLocalAddress();
    String name = "http://" + Gate.literal(everywhere ? "localhost" : builder.host);
    Gate gate = new Gate(builder.host, everywhere, builder.allowedHosts);
    http = create(address);
    uri = URI.create(name + ":" + http.getAddress().getPort() + "/");
    threads = new Threads(builder.limits.times().header(), state.metrics());
    http.createContext("/", new Front(gate, table, builder.limits, state, threads.watchdog()));
    http.setExecutor(threads);
    http.start();
  }

  /**
   * Returns a builder.
   *
   * @return a builder of a server that listens at this machine's own address alone
   */
  public static Builder builder() {
    return new Builder();
  }

  private static InetSocketAddress address(String host, int port) throws IOException {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), port);
    } catch (UnknownHostException e) {
      throw new IOException(host + ": expected an address of this machine, got none", e);
    }
  }

  private static HttpServer create(InetSocketAddress address) throws IOException {
    try {
      return JdkLimits.create(address);
    } catch (BindException e) {
      String where = Gate.literal(address.getHostString()) + ":" + address.getPort();
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected an address of this machine and a free port, got: %s",
              where,
              e.getMessage()),
          e);
    }
  }

  private List<Route> own() {
    return List.of(
        Route.get("/api/health", "application/json", request -> health()),
        Route.get("/api/metrics", Metrics.TYPE, request -> metrics()));
  }

  private Response health() {
    return Response.json(Map.of("status", "ready"));
  }

  private Response metrics() {
    return Response.of(200, Metrics.TYPE, state.metrics().text());
  }

  /** Returns all routes. */
  List<Route> routes() {
    return routes;
  }

  /**
   * Returns where the page is.
   *
   * @return an address with the port, and a slash at its end
   */
  public URI uri() {
    return uri;
  }

  /** Waits until the server is told to end, and ends it if this thread is interrupted. */
  public void await() {
    try {
      state.closing.await();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends the server: refuses new requests, waits a few seconds for those that are being answered,
   * and closes all connections. All its threads have ended then, but for one that still computes.
   * May be called again.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (state.isClosing()) {
        return;
      }
      state.closing.countDown();
    }
    long limit = System.nanoTime() + end.toNanos();
    while (state.metrics().inFlight() > 0 && System.nanoTime() < limit) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    http.stop(0);
    threads.close();
  }
}
