package io.github.purenet.data;

import java.util.Locale;
import java.util.function.Consumer;

/**
 * Writes a download as a bar of text, {@code name [=====> ] 55 %, 5.5 of 9.9 MB}, which begins with
 * a carriage return, so that it replaces the one before, and ends with a line feed once the file is
 * whole. There is a new one for each percent, or each megabyte where the size is unknown.
 */
final class ProgressBar implements Download.Progress {
  private static final int WIDTH = 30;

  private final Consumer<String> out;
  private String name = "";
  private long step = -1;

  ProgressBar(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void arrived(String file, long bytes, long total) {
    boolean known = total > 0;
    long now = known ? Math.min(100, 100 * bytes / total) : bytes / 1_000_000;
    if (file.equals(name) && now == step) {
      return;
    }
    name = file;
    step = now;
    String bar = known ? bar((int) now) : "";
    String end = known && now == 100 ? System.lineSeparator() : "";
    out.accept(
        String.format(Locale.ROOT, "\r%s%s %s", file, bar, amount(bytes, known ? total : -1))
            + end);
  }

  private static String bar(int percent) {
    int length = WIDTH * percent / 100;
    String done = "=".repeat(length) + (length < WIDTH ? ">" : "");
    return String.format(Locale.ROOT, " [%-" + WIDTH + "s] %3d %%,", done, percent);
  }

  private static String amount(long bytes, long total) {
    boolean small = Math.max(bytes, total) < 1_000_000;
    double unit = small ? 1e3 : 1e6;
    String of = total < 0 ? "" : String.format(Locale.ROOT, " of %.1f", total / unit);
    return String.format(Locale.ROOT, "%.1f%s %s", bytes / unit, of, small ? "kB" : "MB");
  }
}
