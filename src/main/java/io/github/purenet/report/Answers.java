package io.github.purenet.report;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Pass;
import io.github.purenet.nn.Softmax;
import io.github.purenet.nn.SoftmaxWithLoss;
import io.github.purenet.train.ClassificationReport;
import io.github.purenet.train.Mistake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network says about every sample of a data set.
 *
 * @param probabilities of each sample and class (N, K), null unless it is a classifier
 * @param labels the class of each sample (N), null unless it is a classifier
 * @param loss the mean of the loss over the samples
 * @param metric the metric that fits the loss, a mean over the samples
 * @param seconds the time that the network took for one sample, a median over the batches
 */
record Answers(NDArray probabilities, NDArray labels, double loss, double metric, double seconds) {

  /**
   * Asks a network.
   *
   * @throws IllegalArgumentException if network and data set do not fit
   */
  static Answers of(Network network, Dataset dataset, int batchSize) {
    int n = dataset.size();
    if (n == 0) {
      throw new IllegalArgumentException("report: expected at least one sample, got none");
    }
    Shape y = network.outputShape(dataset.sampleShape().prepend(1));
    Metric metric = network.loss().metric();
    metric.check(y, dataset.targetShape().prepend(1));
    boolean classifier = network.loss() instanceof SoftmaxWithLoss;
    NDArray outputs = classifier ? NDArray.zeros(n, y.dimension(1)) : null;
    NDArray labels = classifier ? NDArray.zeros(n) : null;
    Metric loss = Metric.of(network.loss());
    double[] sums = new double[2];
    List<Double> times = new ArrayList<>();
    Batch batch = Batch.allocate(dataset, Math.min(n, batchSize));
    for (int from = 0, to; from < n; from = to) {
      to = Math.min(n, from + batchSize);
      batch.fill(dataset, from, to);
      long start = System.nanoTime();
      NDArray part = network.predict(batch.x());
      times.add((System.nanoTime() - start) / 1e9 / (to - from));
      sums[0] += loss.sum(part, batch.t());
      sums[1] += metric.sum(part, batch.t());
      if (classifier) {
        NDArray t = batch.t().rank() == 1 ? batch.t() : batch.t().argmax(1);
        System.arraycopy(part.data(), 0, outputs.data(), from * y.dimension(1), part.size());
        System.arraycopy(t.data(), 0, labels.data(), from, t.size());
      }
    }
    NDArray probabilities =
        classifier ? new Softmax().forward(outputs, Pass.inference()).copy() : null;
    return new Answers(probabilities, labels, sums[0] / n, sums[1] / n, median(times));
  }

  private static double median(List<Double> times) {
    Collections.sort(times);
    return times.get(times.size() / 2);
  }

  boolean ofClassifier() {
    return probabilities != null;
  }

  /** Returns whether no probability is NaN. */
  boolean areNumbers() {
    for (float p : probabilities.data()) {
      if (Float.isNaN(p)) {
        return false;
      }
    }
    return true;
  }

  int classes() {
    return probabilities.dimension(1);
  }

  /** Returns the numbers of each class. */
  ClassificationReport report(List<String> classNames) {
    return ClassificationReport.of(probabilities, labels).withClassNames(classNames);
  }

  int label(int sample) {
    return (int) labels.get(sample);
  }

  /** Returns the most probable class of a sample. */
  int predicted(int sample) {
    int best = 0;
    for (int k = 1; k < classes(); k++) {
      best = probability(sample, k) > probability(sample, best) ? k : best;
    }
    return best;
  }

  float probability(int sample, int k) {
    return probabilities.data()[sample * classes() + k];
  }

  boolean isRight(int sample) {
    int label = label(sample);
    return predicted(sample) == label && probability(sample, label) > 0; // which NaN is not
  }

  /** Returns the samples that were taken for another class, the most certain mistakes first. */
  List<Mistake> mistakes() {
    return IntStream.range(0, labels.size())
        .filter(i -> !isRight(i))
        .mapToObj(this::mistake)
        .sorted(Comparator.comparingDouble(Mistake::probability).reversed())
        .toList();
  }

  private Mistake mistake(int sample) {
    int said = predicted(sample);
    int label = label(sample);
    float ofSaid = probability(sample, said);
    return new Mistake(
        sample, label, Float.isNaN(ofSaid) ? -1 : said, ofSaid, probability(sample, label));
  }
}
