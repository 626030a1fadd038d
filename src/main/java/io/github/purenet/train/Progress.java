package io.github.purenet.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Objects;

/**
 * A listener that shows how far training is. On a terminal, a bar moves within each epoch, with the
 * samples per second, the mean loss and the time left of the whole run; elsewhere, as in a log
 * file, there is only the line that follows each epoch.
 */
public final class Progress implements Listener {
  private static final int BAR = 24;

  /** The shortest time from one drawing to the next, in nanoseconds. */
  private static final long INTERVAL = 100_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private final EpochLines lines;

  private int epochs;
  private long start;
  private long drawn;
  private int stepsDone;
  private long samples;
  private double loss;
  private int width;

  /**
   * Creates a listener.
   *
   * @param out where it writes, for example {@code System.err}
   * @param terminal whether that is a terminal, on which a bar can be drawn again and again
   */
  public Progress(PrintStream out, boolean terminal) {
    this.out = Objects.requireNonNull(out, "out");
    this.terminal = terminal;
    this.lines = new EpochLines(line -> print(line, true));
  }

  @Override
  public void trainingStarted(Training training) {
    epochs = training.epochs();
    start = System.nanoTime();
    stepsDone = 0;
    samples = 0;
    loss = 0;
  }

  @Override
  public void stepEnded(Step step) {
    long now = System.nanoTime();
    stepsDone++;
    samples += step.samples();
    loss += (step.loss() - loss) / Math.min(step.number(), 50); // a running mean
    if (terminal && now - drawn >= INTERVAL) {
      drawn = now;
      print(bar(step, (now - start) / 1e9), false);
    }
  }

  private String bar(Step step, double seconds) {
    int full = (int) ((long) BAR * step.number() / step.steps());
    long stepsLeft = (long) (epochs - step.epoch() + 1) * step.steps() - step.number();
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  [%s%s]  %.0f samples/s  loss %.4f  %s left",
        step.epoch(),
        epochs,
        "=".repeat(full),
        " ".repeat(BAR - full),
        samples / seconds,
        loss,
        duration(stepsLeft * seconds / stepsDone));
  }

  /** Returns for example {@code 0:07}, {@code 12:30} or {@code 1:02:03}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  @Override
  public void epochEnded(Epoch epoch) {
    lines.epochEnded(epoch);
  }

  @Override
  public void trainingEnded(History history) {
    lines.trainingEnded(history);
  }

  /** Prints a line in place of the one on the terminal, whose rest is blanked. */
  private void print(String text, boolean end) {
    String line = text + " ".repeat(Math.max(0, width - text.length()));
    width = end ? 0 : text.length();
    out.print((terminal ? "\r" : "") + line + (end ? System.lineSeparator() : ""));
    out.flush();
  }
}
