package io.github.purenet.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.purenet.cli.Main;
import io.github.purenet.json.JsonWriter;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.testing.Jvm;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;

/**
 * A command: a server in a JVM of its own is asked by eight clients at once, without a pause, and
 * then by one that behaves well beside many that do not. Each answer must be what the network says;
 * a line for each kind of client has the times of the good ones.
 *
 * <p>Arguments: {@code DIRECTORY SECONDS SEED}; eight clients ask for so long, each kind of harmful
 * client is there for a quarter of it.
 */
public final class ManyClients {
  private static final int CLIENTS = 8;
  private static final int QUESTIONS = 16;

  private final URI server;
  private final Random random;
  private final List<byte[]> questions = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong harm = new AtomicLong();

  private ManyClients(URI server, Network network, long seed) {
    this.server = server;
    random = new Random(seed);
    Answers meaning = new Answers(network);
    for (int i = 0; i < QUESTIONS; i++) {
      NDArray x = NDArray.uniform(Shape.of(1, 1, 28, 28), 0, 1, random);
      String json = JsonWriter.write(Map.of("pixels", Answers.list(x)));
      questions.add(post("application/json", json.getBytes(ISO_8859_1)));
      answers.add(JsonWriter.write(Map.of("predictions", meaning.of(network.predict(x)))) + "\n");
    }
  }

  /** Runs the command. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    long seconds = Long.parseLong(args[1]);
    long seed = Long.parseLong(args[2]);
    Network network = SimpleConvNet.of(seed);
    Path model = directory.resolve("served.safetensors");
    network.save(model);
    List<String> flags = new ArrayList<>(Jvm.modules());
    flags.add("-Xmx512m");
    Process process =
        Jvm.of(Main.class, flags, "serve", "--model", model.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      URI uri = URI.create(out.readLine());
      System.out.printf("%s, Java %s, seed %d%n", uri, Runtime.version().feature(), seed);
      new ManyClients(uri, network, seed).run(seconds);
      long start = System.nanoTime();
      process.toHandle().destroy();
      int code = process.waitFor();
      System.out.printf("ended with %d in %.2f s%n", code, (System.nanoTime() - start) / 1e9);
    } finally {
      process.destroyForcibly();
    }
  }

  private void run(long seconds) throws Exception {
    for (int i = 0; i < 300; i++) { // warms the server up
      ask(i % QUESTIONS);
    }
    System.out.printf(
        "%-44s %9s %8s %8s %8s %7s %9s%n",
        "clients", "answers", "p50 ms", "p99 ms", "max ms", "failed", "of others");
    measure("a good one alone", 1, 0, seconds / 4, k -> {});
    measure(CLIENTS + " good ones", CLIENTS, 0, seconds, k -> {});
    Map<String, Harm> kinds = kinds();
    for (Map.Entry<String, Harm> kind : kinds.entrySet()) {
      String[] name = kind.getKey().split(" ", 2);
      measure(kind.getKey(), 1, Integer.parseInt(name[0]), seconds / 4, kind.getValue());
    }
    Thread.sleep(1000);
    measure("a good one alone, after them", 1, 0, seconds / 4, k -> {});
    try (Socket socket = connect()) {
      send(socket, "GET /api/metrics HTTP/1.1\nHost: localhost\nConnection: close\n\n");
      new String(socket.getInputStream().readAllBytes(), ISO_8859_1)
          .lines()
          .filter(line -> line.matches("(purenet_http_re(jected|quests_in)|jvm|.*predicted_t).*"))
          .forEach(System.out::println);
    }
  }

  /** What a harmful client does, again and again. */
  @FunctionalInterface
  private interface Harm {
    void doTo(int client) throws IOException, InterruptedException;
  }

  private Map<String, Harm> kinds() throws IOException {
    byte[] picture = post("image/png", png(4000, 4000));
    byte[] bomb = post("image/png", png(20_000, 20_000));
    byte[] large = new byte[20_000_000];
    Map<String, Harm> kinds = new LinkedHashMap<>();
    kinds.put("300 that send nothing", k -> idle());
    kinds.put("300 whose headers come byte by byte", k -> trickle("GET / HTTP/1.1\nX: "));
    kinds.put(
        "300 whose bodies come byte by byte",
        k ->
            trickle(
                """
                POST /api/predict HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Content-Length: 100000

                """));
    kinds.put("100 that do not read the answers", k -> ignoreAnswers());
    kinds.put(CLIENTS + " that send 20 MB", k -> exchange(post("application/json", large)));
    kinds.put(CLIENTS + " that send rubbish", k -> exchange(rubbish(k)));
    kinds.put(CLIENTS + " that send half and reset", k -> reset());
    kinds.put(CLIENTS + " pictures of 400 megapixels", k -> exchange(bomb));
    kinds.put(CLIENTS + " pictures of 16 megapixels", k -> exchange(picture));
    kinds.put("490 that send nothing, 10 places left", k -> idle());
    return kinds;
  }

  private void measure(String name, int good, int bad, long seconds, Harm kind) throws Exception {
    over.set(false);
    harm.set(0);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < bad; i++) {
      int client = i;
      threads.add(start(() -> harm(kind, client)));
    }
    if (bad > 0) {
      Thread.sleep(500); // until they are all there
    }
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    List<List<Long>> times = new ArrayList<>();
    AtomicLong failed = new AtomicLong();
    List<Thread> askers = new ArrayList<>();
    for (int i = 0; i < good; i++) {
      List<Long> own = new ArrayList<>();
      times.add(own);
      int client = i;
      askers.add(start(() -> askUntil(end, client, own, failed)));
    }
    for (Thread asker : askers) {
      asker.join();
    }
    over.set(true);
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
    double[] all =
        times.stream().flatMap(List::stream).mapToDouble(nanos -> nanos / 1e6).sorted().toArray();
    System.out.printf(
        "%-44s %9d %8.2f %8.2f %8.2f %7d %9d%n",
        name,
        all.length,
        quantile(all, 0.5),
        quantile(all, 0.99),
        quantile(all, 1),
        failed.get(),
        harm.get());
  }

  private static double quantile(double[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
  }

  private static Thread start(Runnable task) {
    Thread thread = new Thread(null, task, "client", 256 << 10);
    thread.start();
    return thread;
  }

  private void askUntil(long end, int client, List<Long> times, AtomicLong failed) {
    for (int i = client; System.nanoTime() < end; i++) {
      long start = System.nanoTime();
      try {
        ask(i % QUESTIONS);
        times.add(System.nanoTime() - start);
      } catch (IOException e) {
        if (failed.getAndIncrement() == 0) {
          System.out.println("failed: " + e);
        }
      }
    }
  }

  /** Asks over a new connection, and throws unless every letter of the answer is right. */
  private void ask(int question) throws IOException {
    String answer = new String(exchange(questions.get(question)), ISO_8859_1);
    if (!answer.startsWith("HTTP/1.1 200 ") || !answer.endsWith("\r\n" + answers.get(question))) {
      throw new IOException("expected " + answers.get(question) + "got " + answer);
    }
  }

  private void harm(Harm kind, int client) {
    while (!over.get()) {
      try {
        kind.doTo(client);
        harm.incrementAndGet();
      } catch (IOException e) {
        harm.incrementAndGet(); // sent away
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
  }

  private static byte[] post(String type, byte[] body) {
    String head =
        "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    byte[] all = Arrays.copyOf(head.getBytes(ISO_8859_1), head.length() + body.length);
    System.arraycopy(body, 0, all, head.length(), body.length);
    return all;
  }

  /** Sends a request and returns the answer. */
  private byte[] exchange(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request);
      return socket.getInputStream().readAllBytes();
    }
  }

  private void idle() throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(100);
      while (!over.get() && isOpen(socket)) {
        Thread.sleep(100);
      }
    }
  }

  private static boolean isOpen(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  private void trickle(String start) throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      send(socket, start);
      while (!over.get()) {
        send(socket, "1");
        Thread.sleep(100);
      }
    }
  }

  /** Asks again and again on one connection, until the server cannot write any more. */
  private void ignoreAnswers() throws IOException, InterruptedException {
    try (Socket socket = connect()) {
      socket.setReceiveBufferSize(4096);
      for (int i = 0; i < 1000 && !over.get(); i++) {
        send(socket, "GET /api/openapi.json HTTP/1.1\nHost: localhost\n\n");
      }
      while (!over.get()) {
        Thread.sleep(100);
        send(socket, "G");
      }
    }
  }

  private void reset() throws IOException {
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      byte[] question = questions.get(0);
      out.write(question, 0, question.length / 2);
      socket.setSoLinger(true, 0);
    }
  }

  /** A question with some letters changed, or letters alone. */
  private byte[] rubbish(int client) {
    Random own = new Random(random.nextLong() + client);
    byte[] bytes = questions.get(own.nextInt(QUESTIONS)).clone();
    if (own.nextInt(4) == 0) {
      bytes = Arrays.copyOf(bytes, 1 + own.nextInt(2000));
      own.nextBytes(bytes);
    }
    for (int n = 1 + own.nextInt(10); n > 0; n--) {
      bytes[own.nextInt(own.nextBoolean() ? bytes.length : Math.min(200, bytes.length))] =
          (byte) own.nextInt(256);
    }
    byte[] rest = "\r\n\r\n0\r\n\r\n".getBytes(ISO_8859_1); // ends what waits for more
    byte[] all = Arrays.copyOf(bytes, bytes.length + rest.length);
    System.arraycopy(rest, 0, all, bytes.length, rest.length);
    return all;
  }

  /** A black picture of one bit a pixel, which takes few bytes. */
  private static byte[] png(int height, int width) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", out);
    return out.toByteArray();
  }
}
