package io.github.purenet.train;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Softmax;
import io.github.purenet.nn.SoftmaxWithLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The samples of a data set that a classifier gets wrong, the most confident answers first. */
public final class Mistakes {
  /** Outputs with NaN come first, being worse than any wrong answer. */
  private static final Comparator<Mistake> WORST_FIRST =
      Comparator.comparingDouble(Mistake::probability).reversed().thenComparingInt(Mistake::index);

  private Mistakes() {}

  /**
   * Returns the mistakes of a classifier, sorted by the probability of the wrong answer, largest
   * first, and by their index where that is equal. Outputs with NaN come before all others.
   *
   * @param network the classifier: one with {@link SoftmaxWithLoss}, or with a {@link Softmax} at
   *     its end
   * @param dataset the samples, at least one
   * @param batchSize the number of samples that are computed at once, at least 1
   * @return an unmodifiable list, empty if all answers are right
   * @throws IllegalArgumentException if the outputs of the network are neither probabilities nor
   *     logits of them, the data set is empty or does not fit the network, or the batch size is out
   *     of range
   */
  public static List<Mistake> of(Network network, Dataset dataset, int batchSize) {
    ClassProbabilities probabilities = new ClassProbabilities("mistakes", network);
    List<Mistake> mistakes = new ArrayList<>();
    Evaluation.metric(
        Metric.accuracy(),
        network,
        dataset,
        batchSize,
        (batch, y, first) -> {
          NDArray p = probabilities.of(y);
          NDArray labels = batch.t().rank() == 1 ? batch.t() : batch.t().argmax(1);
          for (int i = 0; i < labels.size(); i++) {
            Mistake answer = answer(first + i, (int) labels.get(i), y.at(i), p.at(i));
            if (answer.said() != answer.right()) {
              mistakes.add(answer);
            }
          }
        });
    mistakes.sort(WORST_FIRST);
    return List.copyOf(mistakes);
  }

  /** Returns what the classifier says of a sample with outputs y (K) and probabilities p (K). */
  private static Mistake answer(int index, int right, NDArray y, NDArray p) {
    int said = y.argmax(); // of a NaN, if there is one
    return Float.isNaN(y.get(said))
        ? new Mistake(index, right, -1, Double.NaN, Double.NaN)
        : new Mistake(index, right, said, p.get(said), p.get(right));
  }
}
