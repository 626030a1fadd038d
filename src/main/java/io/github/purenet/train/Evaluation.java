package io.github.purenet.train;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.nn.Network;

/** Static methods that evaluate a network on data. */
public final class Evaluation {

  private Evaluation() {}

  /**
   * Returns the accuracy of a classifier: the share of samples whose largest logit is that of their
   * class. Every sample counts alike, in a smaller last batch, too.
   *
   * @param network the classifier
   * @param dataset the samples, at least one
   * @param batchSize the number of samples that are computed at once, at least 1
   * @return the accuracy, from 0 to 1
   * @throws IllegalArgumentException if the data set is empty or does not fit the network, or the
   *     batch size is out of range
   */
  public static double accuracy(Network network, Dataset dataset, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "accuracy: expected a batch size of at least 1, got " + batchSize);
    }
    if (dataset.size() == 0) {
      throw new IllegalArgumentException(
          "accuracy: expected at least one sample, got an empty data set");
    }
    int n = dataset.size();
    Batch batch = Batch.allocate(dataset, Math.min(n, batchSize));
    int correct = 0;
    for (int from = 0; from < n; from += batchSize) {
      batch.fill(dataset, from, Math.min(n, from + batchSize));
      correct += network.countCorrect(batch.x(), batch.t());
    }
    return (double) correct / n;
  }
}
