package io.github.purenet.report;

import io.github.purenet.data.Dataset;
import io.github.purenet.html.PageDirectory;
import io.github.purenet.io.AtomicFile;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.train.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A page about a trained network: how it learned, what it gets right and wrong, and what it looks
 * at, in one HTML file that needs nothing else. {@link ReportListener} writes it when a training
 * ends.
 *
 * <pre>{@code
 * Report.of(network, mnist.test()).history(history).write(Path.of("out")); // out/report.html
 * }</pre>
 *
 * <p>The page opens from the file system, makes no request, runs no script, follows the light or
 * dark setting of its reader, and prints. What cannot be shown, for example classes of a network
 * that is no classifier, is a sentence in its place. Charts need XChart on the class path; with
 * Batik, too, they are vectors, and pixels without.
 */
public final class Report {
  /** The name of the file in the directory that is given. */
  static final String FILE = "report.html";

  private final Network network;
  private final Dataset dataset;
  private String name;
  private History history;
  private Map<String, NDArray> before = Map.of();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private int batchSize = 100;
  private Report other;

  /** The name and the history of a run of which there is nothing else, or null. */
  private String otherName;

  private History otherHistory;

  private Report(Network network, Dataset dataset) {
    this.network = Objects.requireNonNull(network, "network");
    this.dataset = Objects.requireNonNull(dataset, "dataset");
    String kind = network.getClass().getSimpleName();
    this.name = kind.isEmpty() ? "Network" : kind;
  }

  /**
   * Returns a report about a network. It is computed when it is written, and then shows what the
   * network is at that time.
   *
   * @param network the network
   * @param dataset the samples to judge it by, at least one, as the network expects them: usually
   *     test samples, normalized as those that it has learned from
   * @return a new report
   */
  public static Report of(Network network, Dataset dataset) {
    return new Report(network, dataset);
  }

  /**
   * Sets the name of the run.
   *
   * @param value the name, for example of the model file; the class of the network unless set
   * @return this report
   */
  public Report name(String value) {
    this.name = Objects.requireNonNull(value, "name");
    return this;
  }

  /**
   * Sets the history of the training, for the learning curves, the times and the settings.
   *
   * @param value what {@link io.github.purenet.train.Trainer#fit} or {@link History#read} returned
   * @return this report
   */
  public Report history(History value) {
    this.history = Objects.requireNonNull(value, "history");
    return this;
  }

  /**
   * Sets the parameters before the training, for the filters before and after.
   *
   * @param parameters values by name, as {@link Network#copyParameters} returns them; only that of
   *     the first convolution is needed
   * @return this report
   * @throws IllegalArgumentException if the value for the first convolution is of another shape
   *     than its filters
   */
  public Report before(Map<String, NDArray> parameters) {
    this.before = Map.copyOf(parameters);
    FirstFilters.of(network).ifPresent(filters -> filters.among(before));
    return this;
  }

  /**
   * Adds a line to the settings that the report lists.
   *
   * @param key what was set, for example {@code data}
   * @param value what it was set to, for example {@code MNIST, 10,000 test images}
   * @return this report
   */
  public Report setting(String key, String value) {
    settings.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
    return this;
  }

  /**
   * Sets how many samples are computed at once.
   *
   * @param count the number of samples, at least 1; 100 unless set
   * @return this report
   * @throws IllegalArgumentException if the number is less than 1
   */
  public Report batchSize(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "report: expected a batch size of at least 1, got " + count);
    }
    this.batchSize = count;
    return this;
  }

  /**
   * Sets another run to compare this one with, side by side. If both are judged by samples of the
   * same classes in the same order, the report shows those on which they differ.
   *
   * @param run the report of the other run, whose own comparison is ignored
   * @return this report
   */
  public Report compare(Report run) {
    this.other = Objects.requireNonNull(run, "run");
    return this;
  }

  /**
   * Sets another run to compare the learning curves with, of which there is only the history.
   *
   * @param runName the name of the other run
   * @param run its history
   * @return this report
   */
  public Report compare(String runName, History run) {
    this.otherName = Objects.requireNonNull(runName, "runName");
    this.otherHistory = Objects.requireNonNull(run, "run");
    return this;
  }

  /**
   * Computes the report.
   *
   * @return the page, well-formed both as HTML and as XML
   * @throws IllegalArgumentException if network and data set do not fit, or there is no sample
   */
  public String html() {
    List<ReportedRun> runs = new ArrayList<>(List.of(run(name)));
    if (other != null) {
      runs.add(other.run(distinct(other.name)));
    }
    Map<String, History> histories = new LinkedHashMap<>();
    runs.stream().filter(run -> run.history != null).forEach(r -> histories.put(r.name, r.history));
    if (otherHistory != null) {
      histories.put(distinct(otherName), otherHistory);
    }
    return new ReportPage(List.copyOf(runs), histories).html();
  }

  private ReportedRun run(String title) {
    return new ReportedRun(title, network, dataset, batchSize, history, before, settings);
  }

  /** Returns a name for the other run that is not the name of this one. */
  private String distinct(String title) {
    return title.equals(name) ? title + " (2)" : title;
  }

  /**
   * Computes the report and writes it.
   *
   * @param directory the directory, which is made if need be
   * @return the file, {@code report.html} in that directory, which is created or replaced as a
   *     whole
   * @throws IOException if it cannot be written; the message names the file or directory
   * @throws IllegalArgumentException as {@link #html}
   */
  public Path write(Path directory) throws IOException {
    PageDirectory.prepare(directory, "report");
    byte[] page = html().getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve(FILE);
    AtomicFile.write(file, out -> out.write(page));
    return file;
  }
}
