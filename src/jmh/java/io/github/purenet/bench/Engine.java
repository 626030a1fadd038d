package io.github.purenet.bench;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import java.util.Arrays;
import java.util.Random;

/** A library that trains and runs networks. */
interface Engine {

  /** Returns the name, the version and the settings of the engine, on one line. */
  String description();

  /**
   * Builds a network with fresh weights.
   *
   * @param architecture the network
   * @param train the training samples, converted to the engine's own form now
   * @param batch the number of samples of most calls
   */
  Model create(Architecture architecture, Dataset train, int batch);

  /** A network in an engine. Calls come from one thread. */
  interface Model {

    /**
     * Gathers samples and performs one Adam step on them.
     *
     * @param indices the indices of samples, of which those from {@code from} to {@code to - 1} are
     *     used
     * @param from the first position in indices
     * @param to the end of the positions, exclusive
     * @return the loss before the step
     */
    double train(int[] indices, int from, int to);

    /**
     * Computes the network's output for images.
     *
     * @param images the images (N, C, H, W)
     * @param n the number of images N
     * @return logits or probabilities (N, K)
     */
    float[] infer(float[] images, int n);

    /**
     * Trains as the book does, and evaluates after every epoch on the first 1,000 training and all
     * test samples.
     *
     * @param data the data to train and evaluate on
     * @param epochs the number of epochs
     * @param batch the number of samples of one step
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

    /** Returns the share of samples whose largest output is that of their class. */
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

  /** Shuffles by the method of Fisher and Yates. */
  static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
