package io.github.purenet.train;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import java.util.Locale;

/** Static methods that evaluate a network on data. */
public final class Evaluation {

  private Evaluation() {}

  /**
   * Returns the accuracy of a classifier, {@link Metric#accuracy}.
   *
   * @param network the classifier
   * @param dataset the samples, at least one
   * @param batchSize the number of samples that are computed at once, at least 1
   * @return the accuracy, from 0 to 1
   * @throws IllegalArgumentException if the network is no classifier, the data set is empty or does
   *     not fit the network, or the batch size is out of range
   */
  public static double accuracy(Network network, Dataset dataset, int batchSize) {
    return metric(Metric.accuracy(), network, dataset, batchSize);
  }

  /**
   * Returns a metric of a network, a mean over the samples. Every sample counts alike, in a smaller
   * last batch, too.
   *
   * @param metric what to compute
   * @param network the network
   * @param dataset the samples, at least one
   * @param batchSize the number of samples that are computed at once, at least 1
   * @return the value
   * @throws IllegalArgumentException if metric, network and data set do not fit, the data set is
   *     empty, or the batch size is out of range
   */
  public static double metric(Metric metric, Network network, Dataset dataset, int batchSize) {
    return metric(metric, network, dataset, batchSize, Visitor.NONE);
  }

  /**
   * Returns how a classifier does on each class, with the confusion matrix.
   *
   * @param network the classifier
   * @param dataset the samples, at least one
   * @param batchSize the number of samples that are computed at once, at least 1
   * @return the report, with the indices of the classes as their names
   * @throws IllegalArgumentException if the network is no classifier, the data set is empty or does
   *     not fit the network, or the batch size is out of range
   */
  public static ClassificationReport report(Network network, Dataset dataset, int batchSize) {
    int classes = network.outputShape(dataset.sampleShape().prepend(1)).dimension(1);
    ClassificationReport.Counter counter = new ClassificationReport.Counter(classes);
    metric(
        Metric.accuracy(),
        network,
        dataset,
        batchSize,
        (batch, y, first) ->
            counter.add(y, batch.t().rank() == 1 ? batch.t() : batch.t().argmax(1)));
    return counter.report();
  }

  /** Computes a metric, and then hands the outputs of each batch to a visitor. */
  static double metric(
      Metric metric, Network network, Dataset dataset, int batchSize, Visitor visitor) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          metric.name() + ": expected a batch size of at least 1, got " + batchSize);
    }
    requireSamples(metric.name(), dataset);
    requireFit(metric, network, dataset);
    int n = dataset.size();
    Batch batch = Batch.allocate(dataset, Math.min(n, batchSize));
    double sum = 0;
    for (int from = 0, to; from < n; from = to) {
      to = from + Math.min(n - from, batchSize);
      batch.fill(dataset, from, to);
      NDArray y = network.predict(batch.x());
      try {
        sum += metric.sum(y, batch.t());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "samples %d to %d: %s", from, to - 1, e.getMessage()), e);
      }
      visitor.visit(batch, y, from);
    }
    return sum / n;
  }

  /** Checks that there are samples; messages begin with the name of what needs them. */
  static void requireSamples(String who, Dataset dataset) {
    if (dataset.size() == 0) {
      throw new IllegalArgumentException(
          who + ": expected at least one sample, got an empty data set");
    }
  }

  /** Checks that the shapes of samples and targets fit. */
  static void requireFit(Metric metric, Network network, Dataset dataset) {
    Shape y = network.outputShape(dataset.sampleShape().prepend(1));
    metric.check(y, dataset.targetShape().prepend(1));
  }

  /** Sees each batch after it was measured, which checks its targets. */
  interface Visitor {
    Visitor NONE = (batch, y, first) -> {};

    /** Visits the outputs y for a batch that begins with the sample of index {@code first}. */
    void visit(Batch batch, NDArray y, int first);
  }
}
