package io.github.purenet.train;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The samples of a data set that a classifier gets wrong, the most confident answers first. The
 * probabilities are the softmax of the outputs.
 */
public final class Mistakes {
  /** Outputs with NaN come first, being worse than any wrong answer. */
  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(Mistake::probability).reversed().thenComparingInt(Mistake::index);

  private Mistakes() {}

  /**
   * Returns the mistakes of a classifier, sorted by the probability of the wrong answer, largest
   * first, and by their index where that is equal. Outputs with NaN come before all others.
   *
   * @param network the classifier, whose outputs are logits (N, K)
   * @param dataset the samples, at least one
   * @param batchSize the number of samples that are computed at once, at least 1
   * @return an unmodifiable list, empty if all answers are right
   * @throws IllegalArgumentException if the network is no classifier, the data set is empty or does
   *     not fit the network, or the batch size is out of range
   */
  public static List<Mistake> of(Network network, Dataset dataset, int batchSize) {
    List<Mistake> mistakes = new ArrayList<>();
    Evaluation.metric(
        Metric.accuracy(),
        network,
        dataset,
        batchSize,
        (batch, y, first) -> {
          NDArray labels = batch.t().rank() == 1 ? batch.t() : batch.t().argmax(1);
          for (int i = 0; i < labels.size(); i++) {
            Mistake answer = answer(first + i, (int) labels.get(i), y.at(i));
            if (answer.said() != answer.right()) {
              mistakes.add(answer);
            }
          }
        });
    mistakes.sort(WORST_FIRST);
    return List.copyOf(mistakes);
  }

  private static Mistake answer(int index, int right, NDArray logits) {
    int said = logits.argmax(); // of a NaN, if there is one
    double largest = logits.get(said);
    if (Double.isNaN(largest)) {
      return new Mistake(index, right, -1, Double.NaN, Double.NaN);
    }
    double sum = 0;
    for (float logit : logits.data()) {
      sum += logit == largest ? 1 : Math.exp(logit - largest); // infinities may be equal
    }
    double ofRight = logits.get(right);
    double share = ofRight == largest ? 1 : Math.exp(ofRight - largest);
    return new Mistake(index, right, said, 1 / sum, share / sum);
  }
}
