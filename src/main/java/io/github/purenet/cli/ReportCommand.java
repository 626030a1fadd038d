package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.report.Report;
import io.github.purenet.train.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code purenet report}, which writes a page about a trained network. */
@Command(
    name = "report",
    description = {
      "Writes a page about a trained network, report.html: how it learned, what it gets right and"
          + " wrong, and what it looks at.",
      "Learning curves are taken from --log, or else from the model file if it is a checkpoint, or"
          + " from log.csv or last.safetensors beside it."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet report --model digits.safetensors --data mnist --out report",
      "  purenet report -m run/last.safetensors --data mnist --out report",
      "  purenet report -m a.safetensors --log a.csv --compare b.safetensors \\",
      "      --compare-log b.csv --data photos --out report",
      ""
    })
final class ReportCommand implements Callable<Integer> {
  private static final String ENDING = ".safetensors";

  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      required = true,
      description = "The file of a trained network, or a checkpoint.")
  private Path model;

  @Mixin private DataOptions data;
  @Mixin private PartOption part;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "The directory for report.html, which is made if need be.")
  private Path directory;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "The CSV file that train --log has written, or a checkpoint.")
  private Path log;

  @Option(
      names = "--before",
      paramLabel = "FILE",
      description = "The same network before its training, to show its filters before and after.")
  private Path before;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description =
          "Another network, to be shown side by side, or the CSV file of another training, whose"
              + " learning curves are shown.")
  private Path other;

  @Option(
      names = "--compare-log",
      paramLabel = "FILE",
      description = "The CSV file or checkpoint of the other network's training.")
  private Path otherLog;

  @Mixin private BatchSizeOption batch;

  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    if (otherLog != null && (other == null || isLog(other))) {
      throw new WrongUse("--compare-log: expected --compare with the network of that training");
    }
    Network network = Network.load(model);
    Report report = report(network, model, log);
    if (before != null) {
      report.before(Network.load(before).copyParameters());
    }
    if (other != null && isLog(other)) {
      report.compare(name(other), History.read(other, metric(network)));
    } else if (other != null) {
      report.compare(report(Network.load(other), other, otherLog));
    }
    Path file = report.write(directory);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("output", file.toString());
    document.put("bytes", Files.size(file));
    output.result(file.toString(), document);
    return Main.DONE;
  }

  private Report report(Network network, Path file, Path history) throws IOException {
    ImageData images = data.load(output, network.inputShape(), false).fitting(network);
    if (network.classNames().isEmpty() && isClassifierOf(network, images)) {
      network.setClassNames(images.classNames());
    }
    Dataset dataset = part.of(images);
    Report report =
        Report.of(network, dataset)
            .name(name(file))
            .batchSize(batch.size())
            .setting("model file", file.toString())
            .setting("data", data.name() + ", " + part.words(images));
    Optional<Found> source =
        history == null
            ? beside(file, network)
            : Optional.of(new Found(history, History.read(history, metric(network))));
    source.ifPresent(
        found ->
            report
                .history(found.history)
                .setting("history of the training from", found.file.toString()));
    return report;
  }

  private static boolean isClassifierOf(Network network, ImageData images) {
    return network.outputShape(network.inputShape().prepend(1)).size()
        == images.classNames().size();
  }

  private static Metric metric(Network network) {
    return network.loss().metric();
  }

  private static boolean isLog(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
  }

  /** Returns the name of a file, with that of its directory if both networks have the same. */
  private String name(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    int count = whole.getNameCount();
    boolean both = other != null && Objects.equals(model.getFileName(), other.getFileName());
    return title(whole.subpath(Math.max(0, count - (both ? 2 : 1)), count));
  }

  /** Returns a path without the ending of model files. */
  static String title(Path file) {
    String name = file.toString();
    return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
  }

  /** A history and where it was found. */
  private record Found(Path file, History history) {}

  /** Returns a history that is found without having been named. */
  private Optional<Found> beside(Path file, Network network) {
    Path log = file.resolveSibling("log.csv");
    Path last = file.resolveSibling("last.safetensors");
    return found(file, network)
        .or(() -> Files.exists(log) ? found(log, network) : Optional.empty())
        .or(
            () ->
                Files.exists(last)
                    ? found(last, network).filter(found -> isTheSame(network, last))
                    : Optional.empty());
  }

  private Optional<Found> found(Path file, Network network) {
    try {
      return Optional.of(new Found(file, History.read(file, metric(network))));
    } catch (IOException e) {
      output.detail("no history: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Returns whether a file has a network with the same numbers: it has been written after it. */
  private static boolean isTheSame(Network network, Path file) {
    try {
      Map<String, NDArray> others = Network.load(file).copyParameters();
      Map<String, NDArray> own = network.copyParameters();
      return own.keySet().equals(others.keySet())
          && own.keySet().stream()
              .allMatch(name -> Arrays.equals(own.get(name).toArray(), others.get(name).toArray()));
    } catch (IOException e) {
      return false;
    }
  }
}
