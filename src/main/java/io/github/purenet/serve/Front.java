package io.github.purenet.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;

/** Takes every request: checks it, finds its route, and sends what that answers. */
final class Front implements HttpHandler {
  private static final System.Logger LOG = System.getLogger("io.github.purenet.serve");

  private final Gate gate;
  private final Routes routes;
  private final Limits limits;
  private final Server.State state;
  private final Admission admission;
  private final Metrics metrics;
  private final Watchdog watchdog;

  Front(Gate gate, Routes routes, Limits limits, Server.State state, Watchdog watchdog) {
    this.gate = gate;
    this.routes = routes;
    this.limits = limits;
    this.state = state;
    this.watchdog = watchdog;
    metrics = state.metrics();
    admission = new Admission(limits);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Threads.headersAreRead();
    long start = System.nanoTime();
    String status = "gone";
    metrics.began();
    try (Admission.Guest guest = admission.guest()) {
      Visit visit = new Visit(exchange, guest, start);
      Response response = visit.response();
      if (response.status() == 503) {
        metrics.rejected();
      }
      visit.send(response);
      status = String.valueOf(response.status());
    } finally {
      String path = exchange.getRequestURI().getRawPath();
      metrics.ended(
          known(exchange.getRequestMethod()),
          routes.has(path) ? path : "other",
          status,
          System.nanoTime() - start);
    }
  }

  private static String known(String method) {
    return List.of("GET", "HEAD", "POST", "OPTIONS").contains(method) ? method : "other";
  }

  /** One request. */
  private final class Visit {
    private final HttpExchange exchange;
    private final Admission.Guest guest;
    private final long deadline;
    private final Reply reply;
    private boolean unread;

    Visit(HttpExchange exchange, Admission.Guest guest, long start) {
      this.exchange = exchange;
      this.guest = guest;
      deadline = start + limits.times().answer().toNanos();
      reply = new Reply(exchange, watchdog, limits.times());
      unread = Body.isExpected(exchange);
    }

    /**
     * Returns the answer.
     *
     * @throws IOException if the client has gone or is too slow
     */
    Response response() throws IOException {
      try {
        if (state.isClosing()) {
          throw Problem.unavailable("server: shutting down");
        }
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        Headers headers = exchange.getRequestHeaders();
        gate.check(method, exchange.getRequestURI(), headers);
        if (method.equals("OPTIONS") && routes.has(path)) {
          return Response.of(204, null, new byte[0]).header("Allow", routes.allow(path));
        }
        Route route = routes.find(method, path);
        Media.checkAnswer(route, headers);
        if (route.method().equals("POST")) {
          Media.checkBody(route, headers);
        }
        return handle(route, request(route));
      } catch (Problem problem) {
        return problem.response();
      }
    }

    private Request request(Route route) throws IOException {
      byte[] body = new byte[0];
      if (route.method().equals("POST")) {
        Problem slow = new Problem(408, "body: expected within " + limits.times().body());
        try (Watchdog.Guard guard =
            watchdog.interruptAfter(limits.times().body(), () -> reply.sendEarly(slow))) {
          body = Body.read(exchange, limits.bodyBytes(), guest);
          guard.check();
        }
        unread = false;
      }
      return new Request(
          Request.query(exchange.getRequestURI().getRawQuery()),
          Media.ofBody(exchange.getRequestHeaders()),
          body,
          deadline,
          guest);
    }

    private Response handle(Route route, Request request) {
      try {
        if (route.weight() == Route.Weight.HEAVY) {
          guest.enter(Inputs.PICTURES.contains(request.type()));
        }
        Response response = route.handler().handle(request);
        metrics.predicted(response.predictions());
        return response;
      } catch (Problem problem) {
        throw problem;
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        LOG.log(System.Logger.Level.ERROR, route.method() + " " + route.path(), e);
        throw new Problem(500, "server: failed; its log says more");
      } finally {
        guest.leave();
      }
    }

    void send(Response response) throws IOException {
      try {
        if (response.body() != null || exchange.getRequestMethod().equals("HEAD")) {
          reply.send(response, unread);
        } else if (state.enterStream()) {
          try {
            reply.stream(response, state);
          } finally {
            state.leaveStream();
          }
        } else {
          reply.send(Problem.unavailable("streams: expected fewer at once").response(), unread);
        }
      } catch (InterruptedException e) {
        throw new IOException("time is over", e);
      }
    }
  }
}
