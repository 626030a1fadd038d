package io.github.purenet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on this machine, which plays mirrors of every kind. */
@Timeout(60)
class DownloadTest {
  private static final byte[] CONTENT = new byte[200_000];
  private static final byte[] PACKED;
  private static final RemoteFile FILE;

  static {
    new Random(1).nextBytes(CONTENT);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(CONTENT);
      }
      PACKED = out.toByteArray();
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(CONTENT);
      FILE = new RemoteFile("data.gz", CONTENT.length, HexFormat.of().formatHex(sum));
    } catch (Exception e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @TempDir Path directory;
  private HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    on("/good/", DownloadTest::whole);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.add(
              path + " " + exchange.getRequestHeaders().getOrDefault("Range", List.of("all")));
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  private static void whole(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from >= PACKED.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    exchange.sendResponseHeaders(from == 0 ? 200 : 206, PACKED.length - from);
    exchange.getResponseBody().write(PACKED, from, PACKED.length - from);
  }

  /** Announces everything and breaks the connection after half of it. */
  private static void cut(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, PACKED.length);
    exchange.getResponseBody().write(PACKED, 0, PACKED.length / 2);
    exchange.getResponseBody().flush();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  private URI mirror(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private Download from(String... paths) {
    List<URI> mirrors = Stream.of(paths).map(this::mirror).toList();
    return new Download(mirrors, (name, bytes, total) -> {}, 500);
  }

  private void assertWhole() throws IOException {
    assertThat(Files.readAllBytes(directory.resolve("data.gz"))).isEqualTo(PACKED);
    assertThat(directory.resolve("data.gz.part")).doesNotExist();
  }

  @Test
  void fetches_what_is_not_there_and_reports_the_bytes() throws IOException {
    List<Long> seen = new ArrayList<>();
    Download download =
        new Download(
            List.of(mirror("/good/")),
            (name, bytes, total) -> {
              assertThat(name).isEqualTo("data.gz");
              assertThat(total).isEqualTo(PACKED.length);
              seen.add(bytes);
            },
            500);
    Path deep = directory.resolve("a").resolve("b");
    download.fetch(List.of(FILE), deep);
    assertThat(Files.readAllBytes(deep.resolve("data.gz"))).isEqualTo(PACKED);
    assertThat(seen).isSorted().endsWith((long) PACKED.length);
    download.fetch(List.of(FILE), deep);
    assertThat(requests).hasSize(1);
  }

  @Test
  void a_cut_connection_is_never_taken_for_data_and_goes_on_at_the_next_mirror()
      throws IOException {
    on("/cut/", DownloadTest::cut);
    assertThatThrownBy(() -> from("/cut/").fetch(List.of(FILE), directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data.gz: expected to download it, got from http://localhost:")
        .hasMessageContaining("/cut/: ");
    assertThat(directory.resolve("data.gz")).doesNotExist();
    assertThat(directory.resolve("data.gz.part")).exists();
    requests.clear();

    from("/good/").fetch(List.of(FILE), directory);

    assertThat(requests).containsExactly("/good/ [bytes=" + PACKED.length / 2 + "-]");
    assertWhole();
  }

  @Test
  void a_part_of_something_else_is_thrown_away() throws IOException {
    for (int length : new int[] {10, PACKED.length, PACKED.length + 5}) {
      byte[] wrong = Arrays.copyOf(CONTENT, length);
      Files.write(directory.resolve("data.gz.part"), wrong);
      from("/good/").fetch(List.of(FILE), directory);
      assertWhole();
      Files.delete(directory.resolve("data.gz"));
    }
  }

  @Test
  void a_wrong_checksum_and_what_is_no_gzip_are_refused() throws IOException {
    byte[] flipped = PACKED.clone();
    flipped[flipped.length / 2] ^= 1;
    on(
        "/flipped/",
        exchange -> {
          exchange.sendResponseHeaders(200, flipped.length);
          exchange.getResponseBody().write(flipped);
        });
    on(
        "/page/",
        exchange -> {
          byte[] page =
              "<html>Please log in</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
        });
    for (String bad : new String[] {"/flipped/", "/page/"}) {
      assertThatThrownBy(() -> from(bad).fetch(List.of(FILE), directory))
          .isInstanceOf(IOException.class);
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).containsExactly(directory.resolve("data.gz.lock"));
      }
    }
    from("/flipped/", "/page/", "/good/").fetch(List.of(FILE), directory);
    assertWhole();
  }

  @Test
  void an_endless_answer_is_cut_off() {
    on(
        "/endless/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = new byte[1 << 16];
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(piece);
          }
        });
    assertThatThrownBy(() -> from("/endless/").fetch(List.of(FILE), directory))
        .hasMessageContaining("expected a file of 200000 bytes unpacked, got more");
  }

  @Test
  void says_what_each_mirror_answered_and_where_to_put_the_file() {
    on("/gone/", exchange -> answer(exchange, 404));
    on("/broken/", exchange -> answer(exchange, 503));
    assertThatThrownBy(() -> from("/gone/", "/broken/").fetch(List.of(FILE), directory))
        .hasMessage(
            "data.gz: expected to download it, got from "
                + mirror("/gone/")
                + ": HTTP status 404; from "
                + mirror("/broken/")
                + ": HTTP status 503; you can put it by hand into "
                + directory.toAbsolutePath());
  }

  @Test
  void follows_redirects_but_not_for_ever() throws IOException {
    on(
        "/moved/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "../good/data.gz");
          answer(exchange, 302);
        });
    on(
        "/circle/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/circle/data.gz");
          answer(exchange, 301);
        });
    assertThatThrownBy(() -> from("/circle/").fetch(List.of(FILE), directory))
        .hasMessageContaining("expected at most 5 redirects, got more");
    from("/moved/").fetch(List.of(FILE), directory);
    assertWhole();
  }

  @Test
  void a_mirror_that_hangs_is_left_after_the_timeout() throws IOException {
    on(
        "/hangs/",
        exchange -> {
          exchange.sendResponseHeaders(200, PACKED.length);
          exchange.getResponseBody().write(PACKED, 0, 1000);
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(5000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    from("/hangs/", "/good/").fetch(List.of(FILE), directory);
    assertWhole();
  }

  @Test
  void two_downloads_at_once_do_not_harm_each_other() throws Exception {
    on(
        "/slow/",
        exchange -> {
          exchange.sendResponseHeaders(200, PACKED.length);
          for (int from = 0; from < PACKED.length; from += 50_000) {
            exchange.getResponseBody().write(PACKED, from, Math.min(50_000, PACKED.length - from));
            exchange.getResponseBody().flush();
          }
        });
    List<Future<?>> both = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      both.add(
          threads.submit(
              () -> {
                from("/slow/").fetch(List.of(FILE), directory);
                return null;
              }));
    }
    for (Future<?> each : both) {
      each.get(30, TimeUnit.SECONDS);
    }
    assertThat(requests).containsExactly("/slow/ [all]");
    assertWhole();
  }

  @Test
  void the_cache_is_where_the_platform_keeps_such_files() {
    Path home = Path.of("/home/ada");
    assertThat(Cache.root(Map.of("PURENET_HOME", "/data"), "Linux", "/home/ada"))
        .isEqualTo(Path.of("/data"));
    assertThat(Cache.root(Map.of(), "Linux", "/home/ada"))
        .isEqualTo(home.resolve(".cache/purenet"));
    assertThat(Cache.root(Map.of("XDG_CACHE_HOME", "/c"), "Linux", "/home/ada"))
        .isEqualTo(Path.of("/c/purenet"));
    assertThat(Cache.root(Map.of("XDG_CACHE_HOME", "c"), "Linux", "/home/ada"))
        .isEqualTo(home.resolve(".cache/purenet"));
    assertThat(Cache.root(Map.of(), "Mac OS X", "/home/ada"))
        .isEqualTo(home.resolve("Library/Caches/purenet"));
    assertThat(Cache.root(Map.of("LOCALAPPDATA", "/l"), "Windows 11", "/home/ada"))
        .isEqualTo(Path.of("/l/purenet"));
    assertThat(Cache.root(Map.of(), "Windows 11", "/home/ada"))
        .isEqualTo(home.resolve("AppData/Local/purenet"));
  }
}
