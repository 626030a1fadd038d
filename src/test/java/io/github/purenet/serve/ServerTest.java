package io.github.purenet.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.json.JsonReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30) // a server may wait for a client that waits for it
class ServerTest {
  private static final List<String> JSON = List.of("application/json");

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private Server server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server =
        Server.builder()
            .routes(StaticFiles.routes("index.html"))
            .routes(
                List.of(
                    Route.post("/api/echo", JSON, request -> Response.json(request.json())),
                    Route.post("/api/wait", JSON, request -> held()),
                    Route.get("/api/broken", "application/json", request -> broken()),
                    Route.get("/api/events", EventStream.TYPE, this::events)))
            .start();
    client = new Client(server);
  }

  private Response held() {
    entered.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Response.json(Map.of("held", true));
  }

  private static Response broken() throws IOException {
    throw new IOException("/secret/path");
  }

  private Response events(Request request) {
    return Response.events(
        stream -> {
          do {
            stream.send("tick", "{}");
            stream.ping();
            entered.countDown();
          } while (stream.await(Duration.ofMinutes(1)));
          stream.send("end", "{}");
        });
  }

  @AfterEach
  void end() {
    released.countDown();
    server.close();
  }

  @Test
  void listens_to_this_machine_alone_at_a_port_that_is_free() {
    assertThat(server.uri().toString()).matches("http://127\\.0\\.0\\.1:[1-9]\\d+/");
  }

  @Test
  void answers_with_what_browsers_need_to_be_safe() throws Exception {
    HttpResponse<String> page = client.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .startsWith("<!doctype html>")
        .isEqualTo(client.get("/index.html").body());
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
    for (HttpResponse<String> answer :
        List.of(page, client.get("/nowhere"), client.get("/api/health"))) {
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
          .hasValue("same-origin");
      assertThat(answer.headers().firstValue("Cache-Control")).isPresent();
      assertThat(answer.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/api",
        "/api/health/",
        "/Server.class",
        "/openapi.json",
        "/../module-info.class",
        "/..%2f..%2fmodule-info.class",
        "/%2e%2e/META-INF/MANIFEST.MF",
        "/index.html%00.png",
        "/index.html;x",
        "//index.html",
        "/./index.html",
        "/%69ndex.html"
      })
  void only_whole_paths_of_routes_are_found(String path) throws Exception {
    String answer =
        Raw.ask(server.uri(), "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
    assertThat(answer).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void other_methods_are_named() throws Exception {
    HttpResponse<String> answer = client.ask("DELETE", "/api/echo", new byte[0]);
    assertThat(Client.problem(answer, 405)).contains("POST, OPTIONS");
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
    assertThat(client.ask("POST", "/", new byte[0]).headers().firstValue("Allow"))
        .hasValue("GET, HEAD, OPTIONS");
    HttpResponse<String> options = client.ask("OPTIONS", "/api/echo", new byte[0]);
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
    Client.problem(client.ask("OPTIONS", "/nowhere", new byte[0]), 404);
  }

  @Test
  void head_is_get_without_a_body() throws Exception {
    HttpResponse<String> head = client.ask("HEAD", "/", new byte[0]);
    HttpResponse<String> get = client.get("/");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .isEqualTo(get.headers().firstValue("Content-Length"))
        .isPresent();
    assertThat(client.ask("HEAD", "/nowhere", new byte[0]).statusCode()).isEqualTo(404);
    HttpResponse<String> stream = client.ask("HEAD", "/api/events", new byte[0]);
    assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(stream.body()).isEmpty();
  }

  @Test
  void a_page_of_another_origin_gets_nothing_and_may_post_nothing() throws Exception {
    String origin = "http://localhost:1";
    Client.problem(client.get("/api/health", "Origin", origin), 403);
    Client.problem(client.post("/api/echo", "{}", "Origin", origin), 403);
    HttpResponse<String> preflight =
        client.ask(
            "OPTIONS",
            "/api/echo",
            new byte[0],
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "POST");
    Client.problem(preflight, 403);
    for (String type :
        List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "")) {
      HttpResponse<String> form = client.post("/api/echo", type, "{}".getBytes(ISO_8859_1));
      assertThat(Client.problem(form, 415)).contains("application/json");
      assertThat(form.headers().firstValue("Accept-Post")).hasValue("application/json");
    }
    assertThat(Raw.ask(server.uri(), "GET / HTTP/1.1\nHost: evil.example\nConnection: close\n\n"))
        .startsWith("HTTP/1.1 421 ");
    String own = server.uri().toString().replaceFirst("/$", "");
    assertThat(client.post("/api/echo", "{}", "Origin", own).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | 200",
        "*/* | 200",
        "text/html, application/*;q=0.5 | 200",
        "APPLICATION/JSON; charset=x | 200",
        "text/html | 406",
        "text/*, image/png | 406",
        "application/json;q=0 | 406"
      })
  void a_client_says_what_it_reads(String accept, int status) throws Exception {
    assertThat(client.get("/api/health", "Accept", accept).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | expected JSON; character 1",
        "'' | expected JSON; character 0",
        "[] | expected an object",
        "\u00ff | expected JSON in UTF-8"
      })
  void a_body_that_is_no_json_is_a_bad_request(String body, String detail) throws Exception {
    byte[] bytes = body.getBytes(ISO_8859_1);
    assertThat(Client.problem(client.post("/api/echo", "application/json", bytes), 400))
        .contains(detail);
  }

  @Test
  void a_failure_of_the_server_tells_nothing_of_its_inside() throws Exception {
    List<LogRecord> records = new ArrayList<>();
    Logger logger = Logger.getLogger("io.github.purenet.serve");
    logger.setFilter(
        record -> {
          records.add(record);
          return false;
        });
    try {
      assertThat(Client.problem(client.get("/api/broken"), 500)).doesNotContain("secret");
    } finally {
      logger.setFilter(null);
    }
    assertThat(records).extracting(LogRecord::getMessage).containsExactly("GET /api/broken");
    assertThat(records)
        .extracting(LogRecord::getThrown)
        .extracting(Throwable::getMessage)
        .containsExactly("/secret/path");
  }

  @Test
  void events_are_sent_as_they_come_until_the_server_ends() throws Exception {
    CompletableFuture<HttpResponse<String>> events =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return client.get("/api/events");
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    server.close();
    HttpResponse<String> answer = events.get();
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    assertThat(answer.body()).isEqualTo("event: tick\ndata: {}\n\n:\n\nevent: end\ndata: {}\n\n");
  }

  @Test
  void health_and_metrics_tell_of_requests_by_route() throws Exception {
    assertThat(JsonReader.readObject(client.get("/api/health").body()))
        .isEqualTo(Map.of("status", "ready"));
    client.get("/a");
    client.get("/b");
    client.ask("BREW", "/api/health", new byte[0]);
    HttpResponse<String> metrics = client.get("/api/metrics");
    assertThat(metrics.headers().firstValue("Content-Type")).hasValue(Metrics.TYPE);
    assertThat(metrics.body())
        .contains(
            "purenet_http_requests_total{method=\"GET\",route=\"/api/health\",status=\"200\"} 1\n",
            "purenet_http_requests_total{method=\"GET\",route=\"other\",status=\"404\"} 2\n",
            "purenet_http_requests_total{method=\"other\",route=\"/api/health\",status=\"405\"} 1\n",
            "purenet_http_request_duration_seconds_bucket{route=\"other\",le=\"+Inf\"} 2\n",
            "purenet_http_request_duration_seconds_count{route=\"other\"} 2\n",
            "purenet_http_requests_in_flight 1\n",
            "purenet_http_rejected_total 0\n")
        .containsPattern("purenet_info\\{version=\"[^\"]+\",backend=\"\\w+\",java=\"[^\"]+\"} 1\n");
    assertThat(metrics.body().lines())
        .allMatch(
            line ->
                line.matches("# (HELP|TYPE) [a-z_]+ .*")
                    || line.matches("[a-z_]+(\\{([a-z]+=\"[^\"]*\",?)+})? [-+.E\\d]+"));
  }

  @Test
  void ends_when_running_requests_have_ended_and_leaves_no_thread() throws Exception {
    AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                answer.set(client.post("/api/wait", "{}"));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    asking.start();
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
    Thread closing = new Thread(server::close);
    closing.start();
    HttpResponse<String> refused = client.get("/api/health");
    while (refused.statusCode() == 200) { // the thread that closes may not run yet
      refused = client.get("/api/health");
    }
    assertThat(Client.problem(refused, 503)).contains("shutting down");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    released.countDown();
    asking.join();
    closing.join();
    assertThat(answer.get().body()).isEqualTo("{\"held\":true}\n");
    assertThatThrownBy(() -> client.get("/api/health")).isInstanceOf(IOException.class);
    assertThat(ownThreads()).isEmpty();
    server.close(); // changes nothing
  }

  private static List<String> ownThreads() throws InterruptedException {
    List<String> names = List.of();
    for (int i = 0; i < 100; i++) { // a thread of the JDK may need a moment
      names =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(
                  name -> name.matches("purenet-serve.*|HTTP-Dispatcher|idle-timeout-task|req-.*"))
              .toList();
      if (names.isEmpty()) {
        break;
      }
      Thread.sleep(10);
    }
    return names;
  }

  @Test
  void what_cannot_be_is_refused_before_it_listens() {
    assertThatThrownBy(() -> Server.builder().port(65_536))
        .hasMessage("port: expected 0 to 65535, got 65536");
    assertThatThrownBy(() -> Server.builder().port(server.uri().getPort()).start())
        .isInstanceOf(IOException.class)
        .hasMessageMatching("127.0.0.1:\\d+: expected .* a free port, got: .*");
    assertThatThrownBy(() -> Server.builder().host("no host").start())
        .hasMessage("no host: expected an address of this machine, got none");
    Route route = Route.get("/a", "text/plain", request -> Response.json(Map.of()));
    assertThatThrownBy(() -> Server.builder().routes(List.of(route, route)).start())
        .hasMessage("routes: expected one for each method and path, got two of GET /a");
    assertThatThrownBy(() -> Route.get("a", "text/plain", request -> null))
        .hasMessage("route: expected GET or POST and a path, got GET a");
    assertThatThrownBy(() -> StaticFiles.routes("nowhere.html"))
        .hasMessage("nowhere.html: expected in the jar, is missing");
  }

  /** The JDK reads its own limits once; other servers of this JVM may be made later. */
  @Test
  void properties_are_left_as_they_were() {
    assertThat(System.getProperties().stringPropertyNames())
        .noneMatch(name -> name.contains("httpserver"));
  }
}
