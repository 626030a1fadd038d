package io.github.purenet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.purenet.testing.Jvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import java.util.zip.GZIPInputStream;
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
                + ": HTTP status 503; you can put data.gz by hand into "
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
  void two_processes_at_once_do_not_harm_each_other() throws Exception {
    on(
        "/slow/",
        exchange -> {
          exchange.sendResponseHeaders(200, PACKED.length);
          exchange.getResponseBody().write(PACKED, 0, 50_000);
          exchange.getResponseBody().flush();
          try {
            Thread.sleep(1000); // long enough for the other process to come to the lock
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.getResponseBody().write(PACKED, 50_000, PACKED.length - 50_000);
        });
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(
          Jvm.of(
                  OtherProcess.class,
                  List.of(),
                  mirror("/slow/").toString(),
                  directory.toString(),
                  FILE.sha256())
              .inheritIO()
              .start());
    }
    try {
      for (Process each : both) {
        assertThat(each.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(each.exitValue()).isZero();
      }
    } finally {
      both.forEach(Process::destroyForcibly);
    }
    assertThat(requests).containsExactly("/slow/ [all]");
    assertWhole();
  }

  /** Downloads in a process of its own, which needs no library of tests. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) throws IOException {
      new Download(List.of(URI.create(args[0])), (name, bytes, total) -> {}, 5000)
          .fetch(List.of(new RemoteFile("data.gz", 200_000, args[2])), Path.of(args[1]));
    }
  }

  @Test
  void a_file_that_was_put_there_by_hand_is_not_fetched() throws IOException {
    for (String name : new String[] {"images.idx3-ubyte", "images-idx3-ubyte.gz"}) {
      Path file = Files.write(directory.resolve(name), new byte[1]);
      from("/good/").fetch(List.of(new RemoteFile("images-idx3-ubyte.gz", 1, "")), directory);
      Files.delete(file);
    }
    assertThat(requests).isEmpty();
  }

  @Test
  void a_mirror_that_trickles_is_left() throws IOException {
    on(
        "/trickles/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try {
            for (int i = 0; i < 100; i++) {
              exchange.getResponseBody().write(PACKED, i, 1);
              exchange.getResponseBody().flush();
              Thread.sleep(50);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThatThrownBy(() -> from("/trickles/").fetch(List.of(FILE), directory))
        .hasMessageContaining("/trickles/: expected at least 1024 bytes a second, got ");
    from("/good/").fetch(List.of(FILE), directory);
    assertWhole();
  }

  /** A small file whose content is large is read no further than the content should be. */
  @Test
  void a_bomb_is_not_unpacked() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        gzip.write(zeros);
      }
    }
    byte[] bomb = out.toByteArray();
    on(
        "/bomb/",
        exchange -> {
          exchange.sendResponseHeaders(200, bomb.length);
          exchange.getResponseBody().write(bomb);
        });
    assertThatThrownBy(() -> from("/bomb/").fetch(List.of(FILE), directory))
        .hasMessageContaining("expected 200000 bytes unpacked")
        .hasMessageContaining("got more with");
    assertThat(directory.resolve("data.gz")).doesNotExist();
  }

  @Test
  void a_redirect_leads_to_an_address_and_never_from_https_to_http() throws IOException {
    URI secure = URI.create("https://example.org/a/data.gz");
    assertThat(Download.redirected(secure, "../b/data.gz"))
        .isEqualTo(URI.create("https://example.org/b/data.gz"));
    assertThat(Download.redirected(URI.create("http://example.org/data.gz"), secure.toString()))
        .isEqualTo(secure);
    for (String other : new String[] {"http://example.org/", "file:///etc/passwd", "mailto:a@b"}) {
      assertThatThrownBy(() -> Download.redirected(secure, other))
          .isInstanceOf(IOException.class)
          .hasMessage("expected a redirect to https, got " + other);
    }
    String[] wrong = {"http://[", "http:///data.gz", "file:///etc/passwd", "jar:x!/", "mailto:a@b"};
    for (int i = 0; i < wrong.length; i++) {
      String location = wrong[i];
      on(
          "/wrong" + i + "/",
          exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            answer(exchange, 302);
          });
      String path = "/wrong" + i + "/";
      assertThatThrownBy(() -> from(path).fetch(List.of(FILE), directory))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("an address")
          .hasMessageContaining("got " + location + "; you can");
    }
  }

  @Test
  void offline_names_the_mirrors_and_every_file_to_put_by_hand() throws IOException {
    URI nowhere = URI.create("http://purenet.invalid/mnist/");
    RemoteFile other = new RemoteFile("other.gz", 1, "");
    RemoteFile there = new RemoteFile("there.gz", 1, "");
    Files.write(directory.resolve("there.gz"), new byte[1]);
    Download download = new Download(List.of(nowhere), (name, bytes, total) -> {}, 500);
    assertThatThrownBy(() -> download.fetch(List.of(there, FILE, other), directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data.gz: expected to download it, got from " + nowhere + ": ")
        .hasMessageEndingWith(
            "; you can put data.gz, other.gz by hand into " + directory.toAbsolutePath());
  }

  @Test
  void an_interrupted_download_goes_on_later() throws IOException {
    Download interrupted =
        new Download(
            List.of(mirror("/good/"), mirror("/good/")),
            (name, bytes, total) -> Thread.currentThread().interrupt(),
            500);
    assertThatThrownBy(() -> interrupted.fetch(List.of(FILE), directory))
        .isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(requests).hasSize(1);
    from("/good/").fetch(List.of(FILE), directory);
    assertWhole();
  }

  @Test
  void mnist_is_downloaded_with_a_progress_bar_and_read() throws IOException {
    on(
        "/sample/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().replaceAll(".*/", "");
          byte[] file = Mnist.class.getResourceAsStream(name).readAllBytes();
          exchange.sendResponseHeaders(200, file.length);
          exchange.getResponseBody().write(file);
        });
    List<RemoteFile> files =
        List.of(
            sample("train-images-idx3-ubyte.gz"),
            sample("train-labels-idx1-ubyte.gz"),
            sample("t10k-images-idx3-ubyte.gz"),
            sample("t10k-labels-idx1-ubyte.gz"));
    MnistFiles remote = new MnistFiles("sample", List.of(mirror("/sample/")), files);
    StringBuilder text = new StringBuilder();
    Mnist mnist = remote.download(directory, text::append);
    assertThat(mnist.train().size()).isEqualTo(5000);
    assertThat(mnist.test().all().t().toArray())
        .isEqualTo(Mnist.sample().test().all().t().toArray());
    assertThat(text.toString().lines().toList())
        .hasSizeGreaterThan(4)
        .last()
        .asString()
        .matches("t10k-labels-idx1-ubyte.gz \\[={30}\\] 100 %, 0.5 of 0.5 kB");
    remote.download(directory, text::append);
    assertThat(requests).hasSize(4);
  }

  private static RemoteFile sample(String name) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Mnist.class.getResourceAsStream(name))) {
      byte[] content = in.readAllBytes();
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(content);
      return new RemoteFile(name, content.length, HexFormat.of().formatHex(sum));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_progress_bar_replaces_itself_until_the_file_is_whole() {
    List<String> texts = new ArrayList<>();
    ProgressBar bar = new ProgressBar(texts::add);
    bar.arrived("data.gz", 0, 2_000_000);
    bar.arrived("data.gz", 1_000_000, 2_000_000);
    bar.arrived("data.gz", 1_000_001, 2_000_000);
    bar.arrived("data.gz", 2_000_000, 2_000_000);
    bar.arrived("other.gz", 1_000_000, -1);
    assertThat(texts)
        .containsExactly(
            "\rdata.gz [>                             ]   0 %, 0.0 of 2.0 MB",
            "\rdata.gz [===============>              ]  50 %, 1.0 of 2.0 MB",
            "\rdata.gz [==============================] 100 %, 2.0 of 2.0 MB"
                + System.lineSeparator(),
            "\rother.gz 1.0 MB");
  }

  @Test
  void mirrors_are_https_and_files_are_those_of_mnist() {
    assertThat(Stream.of(Mnist.FILES, FashionMnist.FILES))
        .allSatisfy(
            files -> {
              assertThat(files.mirrors())
                  .hasSizeGreaterThan(2)
                  .allMatch(m -> m.toString().matches("https://.*/"));
              assertThat(files.files()).hasSize(4).allMatch(f -> f.sha256().length() == 64);
              assertThat(files.directory()).endsWithRaw(Path.of(files.name()));
            });
    assertThat(FashionMnist.CLASS_NAMES).hasSize(10);
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
