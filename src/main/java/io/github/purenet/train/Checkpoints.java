package io.github.purenet.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * A listener that writes checkpoints into a directory: {@code last.safetensors}, from which {@link
 * Trainer#resume} goes on, and {@code best.safetensors}, that of the best epoch. Both are model
 * files, too. The last one is also written when training ends, early or not.
 *
 * <p>A file is replaced as a whole: a process that dies at any moment leaves the one before, and
 * perhaps half of the next one under another name, which is deleted when training starts again. The
 * directory belongs to one training at a time. A file that cannot be written ends the training with
 * an {@link UncheckedIOException}.
 *
 * <p>A listener that changes the network, such as {@link EarlyStopping}, should come after this
 * one.
 */
public final class Checkpoints implements Listener {
  /** The name of the last checkpoint. */
  static final String LAST = "last.safetensors";

  private static final String BEST = "best.safetensors";

  private final Path directory;
  private final int epochs;

  /** How long after a checkpoint the next one is written, or null for never. */
  private final Duration interval;

  private Training training;
  private Epoch best;
  private long savedAt;
  private boolean saved;

  /**
   * Creates a listener that writes a checkpoint after each epoch.
   *
   * @param directory the directory, which is created if there is none
   */
  public Checkpoints(Path directory) {
    this(directory, 1, null);
  }

  private Checkpoints(Path directory, int epochs, Duration interval) {
    this.directory = directory;
    this.epochs = epochs;
    this.interval = interval;
  }

  /**
   * Returns a listener that writes less often.
   *
   * @param count after how many epochs the last checkpoint is written, at least 1
   * @return a new listener
   * @throws IllegalArgumentException if the number is less than 1
   */
  public Checkpoints everyEpochs(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Checkpoints: expected every 1 or more epochs, got " + count);
    }
    return new Checkpoints(directory, count, interval);
  }

  /**
   * Returns a listener that also writes within epochs, when so much time has passed since the last
   * checkpoint.
   *
   * @param time the time, above 0
   * @return a new listener
   * @throws IllegalArgumentException if the time is not above 0
   */
  public Checkpoints every(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("Checkpoints: expected a time above 0, got " + time);
    }
    return new Checkpoints(directory, epochs, time);
  }

  @Override
  public void trainingStarted(Training run) {
    training = run;
    best = null;
    for (Epoch epoch : run.history().epochs()) {
      best = best == null || epoch.isBetterThan(best) ? epoch : best;
    }
    try {
      Files.createDirectories(directory);
      deleteHalfWritten();
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(Locale.ROOT, "%s: expected a directory for checkpoints", directory), e);
    }
    savedAt = System.nanoTime();
  }

  /** Deletes what a process has left that died while it wrote a checkpoint. */
  private void deleteHalfWritten() throws IOException {
    String pattern = ".{" + LAST + "," + BEST + "}.*.tmp";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void stepEnded(Step step) {
    saved = false;
    if (interval != null && System.nanoTime() - savedAt >= interval.toNanos()) {
      saveLast();
    }
  }

  @Override
  public void epochEnded(Epoch epoch) {
    saved = false;
    if (best == null || epoch.isBetterThan(best)) {
      best = epoch;
      save(BEST);
    }
    if (epoch.number() % epochs == 0) {
      saveLast();
    }
  }

  @Override
  public void trainingEnded(History history) {
    if (!saved) {
      saveLast();
    }
  }

  private void saveLast() {
    save(LAST);
    savedAt = System.nanoTime();
    saved = true;
  }

  private void save(String name) {
    try {
      training.save(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint: " + e.getMessage(), e);
    }
  }
}
