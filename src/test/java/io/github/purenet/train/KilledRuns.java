package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;

import io.github.purenet.data.Augmentation;
import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Schedule;
import io.github.purenet.testing.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A command: kills a training, which writes a checkpoint after every step, again and again at
 * random moments, and resumes it from the directory of checkpoints until it ends; it must end with
 * the bits of one that was never disturbed.
 *
 * <p>Arguments: {@code kill DIRECTORY COUNT SEED}, or {@code fill DIRECTORY} for a directory on a
 * file system that is nearly full or that cannot be written to.
 */
public final class KilledRuns {
  private static final int EPOCHS = 12;

  private KilledRuns() {}

  /** Runs the command. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    switch (args[0]) {
      case "kill" -> kill(directory, Integer.parseInt(args[2]), Long.parseLong(args[3]));
      case "fill" -> fill(directory);
      default -> System.out.println(digest(train(directory)));
    }
  }

  /** Trains to the end, from the last checkpoint if there is one. */
  private static Network train(Path directory) throws IOException {
    Network network =
        Network.of(
            Shape.of(1, 28, 28),
            1,
            conv(4, 5).stride(2),
            batchNorm(),
            relu(),
            maxPool(2),
            dropout(0.2),
            affine(10));
    Dataset train = Mnist.sample().train().head(400).augment(3, Augmentation.crop(2));
    Dataset test = Mnist.sample().test().head(200);
    Trainer trainer =
        Trainer.builder(network)
            .optimizer(new Adam(Schedule.cosine(0.01, 0, EPOCHS * 8)))
            .epochs(EPOCHS)
            .batchSize(50)
            .listener(new EarlyStopping(9))
            .listener(new Checkpoints(directory).every(Duration.ofNanos(1)))
            .build();
    if (Files.exists(directory.resolve(Checkpoints.LAST))) {
      trainer.resume(directory, train, test);
    } else {
      trainer.fit(train, test);
    }
    return network;
  }

  private static String digest(Network network) {
    int hash = 0;
    for (Map.Entry<String, NDArray> value : network.copyParameters().entrySet()) {
      hash = 31 * hash + Arrays.hashCode(value.getValue().toArray());
    }
    return "bits " + Integer.toHexString(hash);
  }

  private static ProcessBuilder child(Path directory) {
    return Jvm.of(KilledRuns.class, Jvm.modules(), "train", directory.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static void kill(Path directory, int count, long seed) throws Exception {
    long start = System.nanoTime();
    String expected = output(child(directory.resolve("undisturbed")).start());
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.printf("undisturbed: %s in %d ms; seed %d%n", expected, millis, seed);
    Random random = new Random(seed);
    int kills = 0;
    int runs = 0;
    while (kills < count) {
      Path run = directory.resolve("run" + runs);
      String end = "";
      while (end.isEmpty()) {
        Process process = child(run).start();
        if (kills < count
            && !process.waitFor(random.nextLong(300, millis), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          kills++;
        } else {
          end = output(process);
          process.waitFor();
        }
      }
      runs++;
      if (!end.equals(expected)) {
        throw new AssertionError("run " + runs + ": expected " + expected + ", got " + end);
      }
    }
    long left = 0;
    try (var files = Files.walk(directory)) {
      left = files.filter(file -> file.toString().endsWith(".tmp")).count();
    }
    System.out.printf(
        "%d kills in %d runs, each of which ended with the same bits; %d of them while a file was"
            + " written%n",
        kills, runs, left);
  }

  private static void fill(Path directory) throws IOException {
    try {
      train(directory);
      System.out.println("the directory is not full");
    } catch (UncheckedIOException e) {
      System.out.println("as it should: " + e.getMessage());
    }
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        System.out.println(file + ": " + Files.size(file) + " bytes");
        if (file.toString().endsWith(".safetensors")) {
          Network.load(file);
        }
      }
    }
    System.out.println("what is there can be loaded");
  }
}
