package io.github.purenet.report;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.train.Calibration;
import io.github.purenet.train.ClassificationReport;
import io.github.purenet.train.History;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** One of the runs that a report is about, with what its network says about the samples. */
final class ReportedRun {
  /** So many samples that are got right, and as many that are not, show what a network looks at. */
  private static final int TYPICAL = 2;

  final String name;
  final Network network;
  final Dataset dataset;

  /** The results of the training, or null. */
  final History history;

  /** The parameters before the training, as far as they are known. */
  final Map<String, NDArray> before;

  /** What else is known about the run. */
  final Map<String, String> settings;

  final Samples samples;

  final Answers answers;

  /** The names of the classes, and the numbers of each; null unless it is a classifier. */
  final List<String> classNames;

  final ClassificationReport report;

  /** How sure the network is; null unless it is a classifier whose probabilities are numbers. */
  final Calibration calibration;

  ReportedRun(
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
    this.samples = new Samples(network, dataset);
    this.answers = Answers.of(network, dataset, batchSize);
    this.classNames = answers.ofClassifier() ? classNames(network, answers.classes()) : null;
    this.report = answers.ofClassifier() ? answers.report(classNames) : null;
    this.calibration =
        answers.ofClassifier() && answers.areNumbers()
            ? Calibration.of(answers.probabilities(), answers.labels())
            : null;
  }

  private static List<String> classNames(Network network, int classes) {
    return network.classNames().isEmpty()
        ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
        : network.classNames();
  }

  /** Returns the name of the network's class. */
  String kind() {
    String kind = network.getClass().getSimpleName();
    return kind.isEmpty() ? "Network" : kind;
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

  /** Returns the expected calibration error; NaN if it is not known. */
  double calibrationError() {
    return calibration == null ? Double.NaN : calibration.expectedError();
  }

  /** Returns some samples that are got right, of different classes, and some that are not. */
  List<Integer> typical() {
    List<Integer> chosen = new ArrayList<>();
    Set<Integer> classes = new HashSet<>();
    for (int i = 0; i < dataset.size() && chosen.size() < TYPICAL; i++) {
      if (answers.isRight(i) && classes.add(answers.label(i))) {
        chosen.add(i);
      }
    }
    answers.mistakes().stream().limit(TYPICAL).forEach(mistake -> chosen.add(mistake.index()));
    return chosen;
  }

  /** Returns what a sample is and what the network says. */
  String caption(int sample) {
    int said = answers.predicted(sample);
    String right = classNames.get(answers.label(sample));
    if (Float.isNaN(answers.probability(sample, said))) {
      return right + ", got NaN";
    }
    String sure = Words.shortPercent(answers.probability(sample, said));
    return answers.isRight(sample)
        ? Words.format("%s, got right (%s)", right, sure)
        : Words.format("%s, taken for %s (%s)", right, classNames.get(said), sure);
  }
}
