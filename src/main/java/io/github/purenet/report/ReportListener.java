package io.github.purenet.report;

import io.github.purenet.data.Dataset;
import io.github.purenet.html.PageDirectory;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import io.github.purenet.train.Listener;
import io.github.purenet.train.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A listener that writes a {@link Report} when training ends, and after some epochs if it is told
 * to. It notes the filters before training, and keeps them in checkpoints, so that a run that is
 * resumed has them too.
 *
 * <p>A directory that cannot be written to ends the training before its first step with an {@link
 * UncheckedIOException}.
 */
public final class ReportListener implements Listener {
  private static final String BEFORE = "before";

  private final Path directory;
  private final Dataset test;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private int every;
  private String name;
  private Training training;

  /** The first filters before the training, or null if they are not known. */
  private NDArray before;

  /**
   * Creates a listener.
   *
   * @param directory where {@code report.html} is written, made if need be
   * @param test the samples to judge the network by, at least one
   */
  public ReportListener(Path directory, Dataset test) {
    this.directory = Objects.requireNonNull(directory, "directory");
    this.test = Objects.requireNonNull(test, "test");
  }

  /**
   * Sets that the report is also written during the training, in place of the one before.
   *
   * @param count after how many epochs each time, at least 1
   * @return this listener
   * @throws IllegalArgumentException if the number is less than 1
   */
  public ReportListener everyEpochs(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "ReportListener: expected every 1 or more epochs, got " + count);
    }
    this.every = count;
    return this;
  }

  /**
   * Sets the name of the run.
   *
   * @param value the name; the class of the network unless set
   * @return this listener
   */
  public ReportListener name(String value) {
    this.name = Objects.requireNonNull(value, "name");
    return this;
  }

  /**
   * Adds a line to the settings that the report lists.
   *
   * @param key what was set, for example {@code data}
   * @param value what it was set to
   * @return this listener
   */
  public ReportListener setting(String key, String value) {
    settings.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    return this;
  }

  @Override
  public void trainingStarted(Training run) {
    training = run;
    boolean resumed = run.history().trainLosses().length > 0;
    before =
        resumed
            ? null
            : FirstFilters.of(run.network()).map(filters -> filters.value().copy()).orElse(null);
    try {
      PageDirectory.prepare(directory, "report");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void epochEnded(Epoch epoch) {
    if (every > 0 && epoch.number() % every == 0 && epoch.number() < epoch.epochs()) {
      write(training.history());
    }
  }

  @Override
  public void trainingEnded(History history) {
    write(history);
  }

  private void write(History history) {
    Report report = Report.of(training.network(), test).history(history);
    if (name != null) {
      report.name(name);
    }
    if (before != null) {
      String filters = FirstFilters.of(training.network()).orElseThrow().name();
      report.before(Map.of(filters, before));
    }
    settings.forEach(report::setting);
    try {
      report.write(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, NDArray> state() {
    return before == null ? Map.of() : Map.of(BEFORE, before);
  }

  @Override
  public void restore(Map<String, NDArray> state) {
    NDArray stored = state.get(BEFORE);
    if (stored != null) {
      FirstFilters.of(training.network()).ifPresent(filters -> filters.checked(stored));
    }
    before = stored;
  }
}
