package io.github.purenet.plot;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.train.Calibration;
import io.github.purenet.train.ClassificationReport;
import io.github.purenet.train.History;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One of the runs that a report is about, with what its network says about the samples. */
final class Run {
  final String name;
  final Network network;
  final Dataset dataset;

  /** The results of the training, or null. */
  final History history;

  /** The parameters before the training, as far as they are known. */
  final Map<String, NDArray> before;

  /** What else is known about the run. */
  final Map<String, String> settings;

  final Answers answers;

  /** The names of the classes, and the numbers of each; null unless it is a classifier. */
  final List<String> classNames;

  final ClassificationReport report;
  final Calibration calibration;

  Run(
      String name,
      Network network,
      Dataset dataset,
      int batchSize,
      History history,
      Map<String, NDArray> before,
      Map<String, String> settings) {
    this.name = name;
    this.network = network;
    this.dataset = dataset;
    this.history = history;
    this.before = before;
    this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    this.answers = Answers.of(network, dataset, batchSize);
    this.classNames = answers.ofClassifier() ? classNames(network, answers.classes()) : null;
    this.report = answers.ofClassifier() ? answers.report(classNames) : null;
    this.calibration =
        answers.ofClassifier() ? Calibration.of(answers.probabilities(), answers.labels()) : null;
  }

  private static List<String> classNames(Network network, int classes) {
    return network.classNames().isEmpty()
        ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
        : network.classNames();
  }

  boolean isClassifier() {
    return answers.ofClassifier();
  }

  long parameters() {
    return network.parameters().stream().mapToLong(p -> p.value().size()).sum();
  }

  long multiplyAdds() {
    return network.multiplyAdds(network.inputShape().prepend(1));
  }
}
