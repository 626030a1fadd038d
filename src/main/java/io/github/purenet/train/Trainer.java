package io.github.purenet.train;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A trainer that fits a network to data: each epoch visits every sample once, in a new order, in
 * mini-batches of which the last may be smaller.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.5, whose trainer draws batches
 * with replacement instead.
 */
public final class Trainer {
  private final Network network;
  private final Optimizer optimizer;
  private final int epochs;
  private final int batchSize;
  private final int evaluationSamples;
  private final long seed;
  private final List<Listener> listeners;

  private Trainer(Builder builder) {
    network = builder.network;
    optimizer = builder.optimizer;
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    evaluationSamples = builder.evaluationSamples;
    seed = builder.seed;
    listeners = List.copyOf(builder.listeners);
  }

  /**
   * Returns a builder with the book's settings: 20 epochs, batches of 100, Adam with learning rate
   * 0.001, 1,000 samples to evaluate on after each epoch, seed 0.
   *
   * @param network the network to train
   * @return a new builder
   */
  public static Builder builder(Network network) {
    return new Builder(network);
  }

  /**
   * Fits the network to the training samples. The same network, data, settings, fresh optimizer and
   * seed give the same losses and accuracies to the last bit on the same machine and backend.
   *
   * @param train the samples to learn from, at least one
   * @param test the samples to evaluate on, at least one
   * @return the results of the run
   * @throws IllegalArgumentException if a data set is empty or does not fit the network, or holds a
   *     number that is not finite; if that is found in a step, the message names the epoch and the
   *     step, which leaves the parameters as they were
   * @throws ArithmeticException if the loss is no longer finite; the message names the epoch and
   *     the step, which leaves the parameters as they were
   */
  public History fit(Dataset train, Dataset test) {
    requireSamples("train", train);
    requireSamples("test", test);
    RandomGenerator random = new Random(seed);
    int n = train.size();
    int steps = (n - 1) / batchSize + 1;
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    double[] losses = new double[Math.multiplyExact(steps, epochs)];
    Batch batch = Batch.allocate(train, Math.min(n, batchSize));
    List<Epoch> done = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      shuffle(order, random);
      double sum = 0;
      for (int step = 0; step < steps; step++) {
        batch.fill(train, order, step * batchSize, Math.min(n, (step + 1) * batchSize));
        double loss = step(batch, epoch, step + 1);
        losses[(epoch - 1) * steps + step] = loss;
        sum += loss;
      }
      double trainAccuracy = accuracy(train.head(evaluationSamples));
      double testAccuracy = accuracy(test.head(evaluationSamples));
      double seconds = (System.nanoTime() - start) / 1e9;
      Epoch result = new Epoch(epoch, epochs, sum / steps, trainAccuracy, testAccuracy, seconds);
      done.add(result);
      listeners.forEach(listener -> listener.epochEnded(result));
    }
    return new History(losses, done, accuracy(test));
  }

  private double step(Batch batch, int epoch, int step) {
    String where = "epoch " + epoch + ", step " + step + ": ";
    try {
      double loss = network.gradient(batch.x(), batch.t());
      optimizer.step(network.parameters());
      return loss;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + e.getMessage(), e);
    } catch (ArithmeticException e) {
      ArithmeticException located = new ArithmeticException(where + e.getMessage());
      located.initCause(e);
      throw located;
    }
  }

  private double accuracy(Dataset dataset) {
    return Evaluation.accuracy(network, dataset, batchSize);
  }

  private static void requireSamples(String what, Dataset dataset) {
    if (dataset.size() == 0) {
      throw new IllegalArgumentException(
          what + ": expected at least one sample, got an empty data set");
    }
  }

  /** Shuffles by the method of Fisher and Yates: every order is equally likely. */
  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /** A builder of a {@link Trainer}. */
  public static final class Builder {
    private final Network network;
    private final List<Listener> listeners = new ArrayList<>();
    private Optimizer optimizer = new Adam();
    private int epochs = 20;
    private int batchSize = 100;
    private int evaluationSamples = 1000;
    private long seed = 0;

    private Builder(Network network) {
      this.network = Objects.requireNonNull(network, "network");
    }

    /**
     * Sets the optimizer, which updates the parameters.
     *
     * @param value a new optimizer; Adam with learning rate 0.001 by default
     * @return this builder
     */
    public Builder optimizer(Optimizer value) {
      this.optimizer = Objects.requireNonNull(value, "optimizer");
      return this;
    }

    /**
     * Sets the number of epochs: how often every sample is visited.
     *
     * @param count the number of epochs, at least 1; 20 by default
     * @return this builder
     * @throws IllegalArgumentException if the number is less than 1
     */
    public Builder epochs(int count) {
      this.epochs = atLeastOne("epochs", count);
      return this;
    }

    /**
     * Sets the number of samples of one step.
     *
     * @param count the number of samples, at least 1; 100 by default
     * @return this builder
     * @throws IllegalArgumentException if the number is less than 1
     */
    public Builder batchSize(int count) {
      this.batchSize = atLeastOne("batchSize", count);
      return this;
    }

    /**
     * Sets how many of the first training samples, and of the first test samples, the network is
     * evaluated on after each epoch.
     *
     * @param count the number of samples, at least 1; a number larger than the data set stands for
     *     all of it; 1,000 by default
     * @return this builder
     * @throws IllegalArgumentException if the number is less than 1
     */
    public Builder evaluationSamples(int count) {
      this.evaluationSamples = atLeastOne("evaluationSamples", count);
      return this;
    }

    /**
     * Sets the seed of the order of the samples.
     *
     * @param number any number; 0 by default
     * @return this builder
     */
    public Builder seed(long number) {
      this.seed = number;
      return this;
    }

    /**
     * Adds a listener that is notified as training proceeds.
     *
     * @param listener the listener; listeners are notified in the order in which they were added
     * @return this builder
     */
    public Builder listener(Listener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Adds a listener that writes a line after each epoch.
     *
     * @param out accepts the line, for example {@code System.out::println}
     * @return this builder
     */
    public Builder verbose(Consumer<String> out) {
      Objects.requireNonNull(out, "out");
      return listener(epoch -> out.accept(line(epoch)));
    }

    /**
     * Builds the trainer.
     *
     * @return a new trainer
     */
    public Trainer build() {
      return new Trainer(this);
    }

    private static String line(Epoch epoch) {
      return String.format(
          Locale.ROOT,
          "epoch %d/%d  %.1f s  loss %.4f  train accuracy %.4f  test accuracy %.4f",
          epoch.number(),
          epoch.epochs(),
          epoch.seconds(),
          epoch.loss(),
          epoch.trainAccuracy(),
          epoch.testAccuracy());
    }

    private static int atLeastOne(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(what + ": expected at least 1, got " + value);
      }
      return value;
    }
  }
}
