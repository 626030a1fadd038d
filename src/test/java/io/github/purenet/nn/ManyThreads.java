package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.avgPool;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.gelu;
import static io.github.purenet.nn.Layers.layerNorm;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;

import io.github.purenet.PureNet;
import io.github.purenet.io.Npz;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.testing.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A command: sixteen threads, half of them virtual where the JVM has such, ask one loaded network
 * without a pause; each answer must have the bits of the one that a JVM with a single thread gives.
 *
 * <p>Arguments: {@code DIRECTORY SECONDS SEED}; the model and the answers are left in the
 * directory.
 */
public final class ManyThreads {
  private static final int THREADS = 16;
  private static final int QUESTIONS = 48;
  private static final String MODEL = "model.safetensors";
  private static final String ANSWERS = "answers.npz";

  private final Network network;
  private final List<NDArray> questions;
  private final Map<String, NDArray> answers;
  private final AtomicLongArray counts = new AtomicLongArray(THREADS);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private ManyThreads(Path directory, long seed) throws IOException {
    network = Network.load(directory.resolve(MODEL));
    questions = questions(seed);
    answers = Npz.read(directory.resolve(ANSWERS));
  }

  /** Runs the command. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    long seed = Long.parseLong(args[args.length - 1]);
    if (args.length == 2) {
      answer(directory, seed);
      return;
    }
    Files.createDirectories(directory);
    network(seed).save(directory.resolve(MODEL));
    List<String> single = new ArrayList<>(Jvm.modules());
    single.add("-Dpurenet.threads=1");
    Process process =
        Jvm.of(ManyThreads.class, single, directory.toString(), String.valueOf(seed))
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError("the JVM with a single thread failed");
    }
    new ManyThreads(directory, seed).ask(Duration.ofSeconds(Long.parseLong(args[1])), seed);
  }

  /** Has layers of every kind of working memory: products, windows, norms, branches. */
  private static Network network(long seed) {
    return Network.of(
        Shape.of(1, 28, 28),
        seed,
        conv(8, 5).pad(2),
        batchNorm(),
        relu(),
        maxPool(2),
        residual(conv(8, 3).pad(1).groups(2), layerNorm(), gelu()),
        concat(branch(conv(4, 3).pad(2).dilation(2)), branch(avgPool(3).stride(1).pad(1))),
        maxPool(2),
        dropout(0.5),
        affine(50),
        relu(),
        affine(10));
  }

  /** Batches of 1 to 12 images. */
  private static List<NDArray> questions(long seed) {
    Random random = new Random(seed);
    List<NDArray> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(NDArray.uniform(Shape.of(1 + i % 12, 1, 28, 28), 0, 1, random));
    }
    return questions;
  }

  private static void answer(Path directory, long seed) throws IOException {
    Network network = Network.load(directory.resolve(MODEL));
    List<NDArray> questions = questions(seed);
    Map<String, NDArray> answers = new LinkedHashMap<>();
    for (int i = 0; i < QUESTIONS; i++) {
      answers.put("answer" + i, network.predict(questions.get(i)));
    }
    Npz.write(directory.resolve(ANSWERS), answers);
    System.out.printf("expected: by %s, %d thread%n", PureNet.backend(), PureNet.threads());
  }

  private void ask(Duration time, long seed) throws Exception {
    boolean virtual = Runtime.version().feature() >= 21;
    long end = System.nanoTime() + time.toNanos();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Runnable task = () -> ask(number, end);
      threads.add(virtual && i % 2 == 1 ? startVirtual(task) : startPlatform(task));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError("a thread failed", failure.get());
    }
    long[] each = new long[THREADS];
    Arrays.setAll(each, counts::get);
    System.out.printf(
        "asked: by %s, %d threads share the work, Java %s; %d platform and %d virtual threads;"
            + " seed %d%n",
        PureNet.backend(),
        PureNet.threads(),
        Runtime.version().feature(),
        virtual ? THREADS / 2 : THREADS,
        virtual ? THREADS / 2 : 0,
        seed);
    System.out.printf(
        "%d answers in %d s, %d to %d of a thread, all equal to those of a single thread%n",
        Arrays.stream(each).sum(),
        time.toSeconds(),
        Arrays.stream(each).min().orElseThrow(),
        Arrays.stream(each).max().orElseThrow());
  }

  @SuppressWarnings("ThreadPriorityCheck") // fairness needs the scheduler here
  private void ask(int number, long end) {
    try {
      for (int i = number; System.nanoTime() < end && failure.get() == null; i++) {
        int question = i % QUESTIONS;
        float[] answer = network.predict(questions.get(question)).toArray();
        float[] expected = answers.get("answer" + question).toArray();
        if (!Arrays.equals(answer, expected)) {
          throw new AssertionError(
              String.format(
                  "thread %d, batch %d: expected %s, got %s",
                  number, question, Arrays.toString(expected), Arrays.toString(answer)));
        }
        counts.incrementAndGet(number);
        Thread.yield(); // virtual threads share few carriers, and do not leave them on their own
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private static Thread startPlatform(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    return thread;
  }

  private static Thread startVirtual(Runnable task) throws ReflectiveOperationException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }
}
