package io.github.purenet.train;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.nn.Network;

/** Judges a network by data. */
public final class Evaluation {

  private Evaluation() {}

  /**
   * The share of samples whose largest logit stands at their class. The last batch may be smaller;
   * it counts like the others.
   *
   * @param network a classifier
   * @param dataset at least one sample
   * @param batchSize how many samples are computed at once, at least 1
   * @return a share from 0 to 1
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
