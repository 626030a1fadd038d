package io.github.purenet.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that are slow, send too much, or are too many, at limits that are soon reached. */
@Timeout(30) // a server may wait for a client that waits for it
class HarmfulClientsTest {
  private static final String POST =
      """
      POST /api/count HTTP/1.1
      Host: localhost
      Content-Type: application/json
      """;

  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(20);

  private static final byte[] LARGE = new byte[32 << 20];

  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch streaming = new CountDownLatch(1);
  private Server server;
  private Client client;

  /** What may take only a short time; all else may take long. */
  private enum Brief {
    TURN,
    HEADER,
    BODY,
    ANSWER,
    LINGER,
    END
  }

  private void start(Brief... brief) throws IOException {
    Limits limits =
        new Limits(
            100_000,
            1_000_000,
            8,
            1000,
            1, // computes
            1, // waits
            1, // stream
            new Limits.Times(
                time(Brief.TURN, brief),
                time(Brief.HEADER, brief),
                time(Brief.BODY, brief),
                time(Brief.ANSWER, brief),
                time(Brief.LINGER, brief),
                time(Brief.END, brief)));
    List<String> json = List.of("application/json");
    server =
        Server.builder()
            .limits(limits)
            .routes(
                List.of(
                    Route.post("/api/count", json, request -> Response.json(request.body().length)),
                    Route.post("/api/wait", json, request -> held()),
                    Route.get(
                        "/api/large", "image/png", request -> Response.of(200, "image/png", LARGE)),
                    Route.get("/api/events", EventStream.TYPE, request -> events())))
            .start();
    client = new Client(server);
  }

  private static Duration time(Brief which, Brief... brief) {
    return List.of(brief).contains(which) ? SHORT : LONG;
  }

  private Response held() {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new Problem(503, "the server ends");
    }
    return Response.json(true);
  }

  private Response events() {
    return Response.events(
        stream -> {
          do {
            streaming.countDown();
            stream.send("tick", "x".repeat(1 << 20));
          } while (stream.await(Duration.ofMillis(1)));
        });
  }

  @AfterEach
  void end() {
    released.countDown();
    server.close();
  }

  private void assertServes() throws Exception {
    assertThat(client.get("/api/health").statusCode()).isEqualTo(200);
    while (!client.get("/api/metrics").body().contains("in_flight 1\n")) { // this one
      Thread.sleep(5);
    }
  }

  @Test
  void headers_that_do_not_come_end_the_connection() throws Exception {
    start(Brief.HEADER);
    assertThat(Raw.ask(server.uri(), "GET / HTTP/1.1\nHost: local")).isEmpty();
    assertServes();
  }

  /** Each byte comes in time, but they are many: the time is that of all headers together. */
  @Test
  void headers_that_come_byte_by_byte_end_the_connection() throws Exception {
    start(Brief.HEADER);
    try (Raw raw = new Raw(server.uri())) {
      long start = System.nanoTime();
      raw.send("GET / HTTP/1.1\n");
      try {
        for (int i = 0; i < 1000; i++) {
          raw.send("a: b\n");
          Thread.sleep(20);
        }
      } catch (IOException e) {
        assertThat(raw.answer()).isEmpty(); // the connection is closed while it is written to
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
    assertServes();
  }

  @Test
  void a_body_that_does_not_come_is_a_timeout() throws Exception {
    start(Brief.BODY);
    String answer = Raw.ask(server.uri(), POST + "Content-Length: 100\n\n{");
    assertThat(answer)
        .startsWith("HTTP/1.1 408 ")
        .contains("Connection: close", "\"status\":408,\"detail\":\"body: expected within");
    awaitGone("/api/count");
    assertServes();
  }

  @Test
  void a_body_that_nobody_reads_does_not_hold_the_answer_back() throws Exception {
    start(Brief.LINGER);
    String answer =
        Raw.ask(
            server.uri(),
            "POST /nowhere HTTP/1.1\nHost: localhost\nContent-Length: 100000000\n\n{");
    assertThat(answer).startsWith("HTTP/1.1 404 ").contains("Connection: close");
    assertServes();
  }

  @Test
  void a_large_body_is_refused_whether_its_length_is_told_or_not() throws Exception {
    start();
    byte[] body = new byte[3_000_000];
    HttpResponse<String> answer = client.post("/api/count", "application/json", body);
    assertThat(Client.problem(answer, 413)).contains("at most 100000 bytes");
    String chunk = "c350\n" + "x".repeat(50_000) + "\n"; // 50,000 in hexadecimal digits
    String request = POST + "Connection: close\nTransfer-Encoding: chunked\n\n";
    assertThat(Raw.ask(server.uri(), request + chunk.repeat(3) + "0\n\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(Raw.ask(server.uri(), request + chunk.repeat(2) + "0\n\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("100000\n");
    assertServes();
  }

  @Test
  void what_is_no_http_is_refused() throws Exception {
    start();
    for (String rubbish :
        List.of(
            "\u0016\u0003\u0001\u0002\u0000\u0001\n\n",
            "GET\n\n",
            "GET / HTTP/1.1\nHost: localhost\nContent-Length: -1\n\n",
            "GET / HTTP/1.1\nHost: localhost\nContent-Length: 1\nContent-Length: 2\n\n",
            "POST / HTTP/1.1\nHost: localhost\nContent-Length: 1\nTransfer-Encoding: chunked\n\n",
            "GET /%zz HTTP/1.1\nHost: localhost\n\n",
            "GET mailto:a HTTP/1.1\nHost: localhost\n\n",
            "GET / HTTP/1.1\nHost: localhost\n" + "a: b\n".repeat(50_000) + "\n",
            "GET /" + "a".repeat(1_000_000) + " HTTP/1.1\nHost: localhost\n\n",
            POST + "Transfer-Encoding: chunked\n\nzz\nab\n")) {
      assertThat(Raw.ask(server.uri(), rubbish)).matches("(?s)|HTTP/1.1 (400|404|501) .*");
    }
    assertServes();
  }

  @Test
  void a_client_that_does_not_read_is_left() throws Exception {
    start(Brief.ANSWER);
    try (Raw raw = new Raw(server.uri())) {
      raw.send("GET /api/large HTTP/1.1\nHost: localhost\n\n");
      awaitGone("/api/large");
    }
    try (Raw raw = new Raw(server.uri())) {
      raw.send("GET /api/events HTTP/1.1\nHost: localhost\n\n");
      awaitGone("/api/events");
    }
    assertServes();
  }

  private void awaitGone(String route) throws Exception {
    String line = "route=\"" + route + "\",status=\"gone\"} 1\n";
    while (!client.get("/api/metrics").body().contains(line)) {
      Thread.sleep(20);
    }
  }

  @Test
  void more_streams_than_there_may_be_are_refused() throws Exception {
    start(Brief.ANSWER);
    try (Raw raw = new Raw(server.uri())) {
      raw.send("GET /api/events HTTP/1.1\nHost: localhost\n\n");
      streaming.await();
      assertThat(Client.problem(client.get("/api/events"), 503)).startsWith("streams: ");
    }
    awaitGone("/api/events");
  }

  /** One may compute, one may wait for a moment; who only asks how the server does need not. */
  @Test
  void more_requests_than_can_be_computed_are_sent_away() throws Exception {
    start(Brief.TURN);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(threads.submit(() -> client.post("/api/wait", "{}")));
      }
      while (!client.get("/api/metrics").body().contains("purenet_http_rejected_total 3\n")) {
        Thread.sleep(20);
      }
      released.countDown();
      List<Integer> statuses = new ArrayList<>();
      for (Future<HttpResponse<String>> answer : answers) {
        statuses.add(answer.get().statusCode());
        if (answer.get().statusCode() == 503) {
          assertThat(answer.get().headers().firstValue("Retry-After")).hasValue("1");
          assertThat(Client.problem(answer.get(), 503)).startsWith("requests: ");
        }
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 503, 503, 503);
      assertServes();
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void memory_for_bodies_is_limited_and_given_back() throws Exception {
    start(Brief.BODY, Brief.LINGER);
    byte[] body = new byte[90_000];
    for (int i = 0; i < 20; i++) {
      assertThat(client.post("/api/count", "application/json", body).statusCode()).isEqualTo(200);
    }
    List<Raw> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 6; i++) {
        slow.add(
            new Raw(server.uri()).send(POST + "Content-Length: 90001\n\n" + "x".repeat(90_000)));
      }
      List<String> answers = new ArrayList<>();
      for (Raw raw : slow) {
        answers.add(raw.answer().substring(0, 12));
      }
      assertThat(answers).contains("HTTP/1.1 503").contains("HTTP/1.1 408");
    } finally {
      for (Raw raw : slow) {
        raw.close();
      }
    }
    assertThat(client.post("/api/count", "application/json", body).statusCode()).isEqualTo(200);
  }

  /** The end does not wait for a request that never ends. */
  @Test
  void a_request_that_does_not_end_is_cut_off() throws Exception {
    start(Brief.END);
    try (Raw raw = new Raw(server.uri())) {
      raw.send(POST.replace("count", "wait") + "Content-Length: 2\n\n{}");
      while (!client.get("/api/metrics").body().contains("in_flight 2\n")) {
        Thread.sleep(5);
      }
      server.close();
      assertThat(raw.answer()).isEmpty();
    }
  }
}
