package io.github.purenet.bench;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import java.util.Arrays;
import java.util.Random;

/** A library that trains and runs networks. */
interface Engine {

  /** Name, version and whatever else tells what computes, on one line. */
  String description();

  /**
   * Builds a network with fresh weights.
   *
   * @param architecture the network
   * @param train samples that it will learn from, brought into the engine's own form now
   * @param batch how many samples most calls have
   */
  Model create(Architecture architecture, Dataset train, int batch);

  /** A network in an engine. Calls come from one thread. */
  interface Model {

    /**
     * Gathers samples and makes one Adam step on them.
     *
     * @param indices of samples; those from {@code from} to {@code to - 1} are used
     * @param from first place in indices
     * @param to one past the last place
     * @return the loss before the step
     */
    double train(int[] indices, int from, int to);

    /**
     * Infers.
     *
     * @param images numbers of the images (N, C, H, W)
     * @param n N
     * @return logits or probabilities (N, K)
     */
    float[] infer(float[] images, int n);

    /**
     * Trains as the book does and judges after every epoch by the first 1,000 training and all test
     * samples.
     *
     * @param data what to train and judge by
     * @param epochs how many epochs
     * @param batch samples of one step
     * @return the last test accuracy
     */
    default double fit(Architecture.Data data, int epochs, int batch) {
      int n = data.train().size();
      int[] order = new int[n];
      Arrays.setAll(order, i -> i);
      Random random = new Random(0);
      double accuracy = 0;
      for (int epoch = 0; epoch < epochs; epoch++) {
        shuffle(order, random);
        for (int from = 0; from < n; from += batch) {
          train(order, from, Math.min(n, from + batch));
        }
        accuracy(data.train().head(1000), batch);
        accuracy = accuracy(data.test(), batch);
      }
      return accuracy;
    }

    /** The share of samples whose largest number stands at their class. */
    private double accuracy(Dataset dataset, int size) {
      Batch batch = Batch.allocate(dataset, size);
      int correct = 0;
      for (int from = 0; from < dataset.size(); from += size) {
        batch.fill(dataset, from, Math.min(dataset.size(), from + size));
        int n = batch.x().dimension(0);
        float[] y = infer(batch.x().toArray(), n);
        int classes = y.length / n;
        for (int i = 0; i < n; i++) {
          int best = 0;
          for (int k = 1; k < classes; k++) {
            best = y[i * classes + k] > y[i * classes + best] ? k : best;
          }
          correct += best == (int) batch.t().get(i) ? 1 : 0;
        }
      }
      return (double) correct / dataset.size();
    }
  }

  /** Fisher and Yates. */
  static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
