package io.github.purenet.train;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Metric;
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
import java.util.stream.DoubleStream;

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
  private final Remainder remainder;
  private final Metric metric;
  private final RandomGenerator random;
  private final List<Listener> listeners;

  /** The order of the samples in the epoch at hand. */
  private int[] order = {};

  private Trainer(Builder builder) {
    network = builder.network;
    optimizer = builder.optimizer;
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    evaluationSamples = builder.evaluationSamples;
    remainder = builder.remainder;
    metric = builder.metric == null ? network.loss().metric() : builder.metric;
    random = new Random(builder.seed);
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
   * seed give the same losses and metrics to the last bit on the same machine and backend. Another
   * call goes on: with the next orders of the samples, and with the state of the optimizer. Several
   * calls of one epoch are therefore one call of as many epochs, and a trainer that is built again
   * begins again.
   *
   * <p>If the thread is interrupted, the run ends after the step at hand, and keeps what was
   * learned: the history says so, and the thread stays interrupted.
   *
   * @param train the samples to learn from, at least one
   * @param test the samples to evaluate on, at least one
   * @return the results of the run
   * @throws IllegalArgumentException if a data set is empty, or does not fit the network, its loss
   *     or the metric, or the last batch is too small for a layer; all this is found before the
   *     first step. Also if a number is not finite or no target; the message then names the epoch,
   *     the step and the sample, and the parameters are as they were before the step
   * @throws ArithmeticException if the loss, a gradient, or an output in the evaluation is no
   *     longer finite; the message names the epoch and the step
   */
  public History fit(Dataset train, Dataset test) {
    requireFit("train", train);
    requireFit("test", test);
    Batches batches = batches(train);
    Batch batch = Batch.allocate(train, batches.largest());
    DoubleStream.Builder losses = DoubleStream.builder();
    List<Epoch> done = new ArrayList<>();
    boolean interrupted = false;
    for (int epoch = 1; epoch <= epochs && !interrupted; epoch++) {
      long start = System.nanoTime();
      shuffle(train.size());
      double sum = 0;
      for (int step = 0; step < batches.count() && !interrupted; step++) {
        double loss = step(train, batch, batches, epoch, step);
        losses.add(loss);
        sum += loss;
        interrupted = Thread.currentThread().isInterrupted();
      }
      if (!interrupted) {
        String where = "epoch " + epoch + ", ";
        double ofTrain = evaluate(where + "train", train.head(evaluationSamples));
        double ofTest = evaluate(where + "test", test.head(evaluationSamples));
        double seconds = (System.nanoTime() - start) / 1e9;
        double loss = sum / batches.count();
        Epoch result = new Epoch(epoch, epochs, loss, metric, ofTrain, ofTest, seconds);
        done.add(result);
        listeners.forEach(listener -> listener.epochEnded(result));
      }
    }
    double ofTest = interrupted ? Double.NaN : evaluate("test", test);
    History history = new History(losses.build().toArray(), done, metric, ofTest, interrupted);
    listeners.forEach(listener -> listener.trainingEnded(history));
    return history;
  }

  private void requireFit(String what, Dataset dataset) {
    Evaluation.requireSamples(what, dataset);
    try {
      Evaluation.requireFit(metric, network, dataset);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }

  private Batches batches(Dataset train) {
    int smallest = 1;
    String neediest = network.name();
    Shape shape = train.sampleShape().prepend(1);
    for (Layer layer : network.layers()) {
      if (layer.smallestBatch(shape) > smallest) {
        smallest = layer.smallestBatch(shape);
        neediest = layer.name();
      }
      shape = layer.outputShape(shape);
    }
    return new Batches(train.size(), batchSize, remainder, smallest, neediest);
  }

  private double step(Dataset train, Batch batch, Batches batches, int epoch, int step) {
    int from = batches.from(step);
    int to = batches.to(step);
    batch.fill(train, order, from, to);
    String where = "epoch " + epoch + ", step " + (step + 1) + ": ";
    try {
      double loss = network.gradient(batch.x(), batch.t());
      optimizer.step(network.parameters());
      return loss;
    } catch (IllegalArgumentException e) {
      int bad = badSample(train, from, to);
      String sample = bad < 0 ? "" : "; it is sample " + bad + " of the training data";
      throw new IllegalArgumentException(where + e.getMessage() + sample, e);
    } catch (ArithmeticException e) {
      throw located(where, e);
    }
  }

  /** Returns the index of the first sample of a batch that fails alone, too, or -1. */
  private int badSample(Dataset train, int from, int to) {
    Batch one = Batch.allocate(train, 1);
    for (int i = from; i < to; i++) {
      one.fill(train, order, i, i + 1);
      try {
        network.loss(one.x(), one.t());
      } catch (IllegalArgumentException e) {
        return order[i];
      }
      if (firstNotFinite(one.x(), 0) >= 0 || firstNotFinite(one.t(), 0) >= 0) {
        return order[i];
      }
    }
    return -1;
  }

  private double evaluate(String what, Dataset dataset) {
    try {
      return Evaluation.metric(metric, network, dataset, batchSize, Trainer::requireFinite);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw located(what + ": ", e);
    }
  }

  /** Checks the outputs of a batch whose first sample has the given index. */
  private static void requireFinite(Batch batch, NDArray y, int first) {
    int at = firstNotFinite(y, 0);
    if (at < 0) {
      return;
    }
    NDArray x = batch.x();
    int sample = at / (y.size() / y.dimension(0));
    int size = x.size() / x.dimension(0);
    int bad = firstNotFinite(x, sample * size);
    if (bad >= 0 && bad / size == sample) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected finite numbers in x, got %s in sample %d",
              x.data()[bad],
              first + sample));
    }
    throw new ArithmeticException(
        String.format(
            Locale.ROOT,
            "network: expected finite outputs, got %s for sample %d: the parameters have diverged,"
                + " try a smaller learning rate",
            y.data()[at],
            first + sample));
  }

  /** Returns the index of the first number that is NaN or infinite, or -1 if there is none. */
  private static int firstNotFinite(NDArray array, int from) {
    for (int i = from; i < array.size(); i++) {
      if (!Float.isFinite(array.data()[i])) {
        return i;
      }
    }
    return -1;
  }

  private static ArithmeticException located(String where, ArithmeticException e) {
    ArithmeticException located = new ArithmeticException(where + e.getMessage());
    located.initCause(e);
    return located;
  }

  /**
   * Shuffles the samples by the method of Fisher and Yates: every order is equally likely. Each
   * order begins with the one before, as long as the number of samples stays the same.
   */
  private void shuffle(int n) {
    if (order.length != n) {
      order = new int[n];
      Arrays.setAll(order, i -> i);
    }
    for (int i = n - 1; i > 0; i--) {
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
    private Remainder remainder = Remainder.KEEP;
    private Metric metric;

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
     * Sets what becomes of the samples that are left in an epoch when its batches are full.
     *
     * @param value {@link Remainder#KEEP} by default, a smaller last batch
     * @return this builder
     */
    public Builder remainder(Remainder value) {
      this.remainder = Objects.requireNonNull(value, "remainder");
      return this;
    }

    /**
     * Sets the metric that the network is evaluated by.
     *
     * @param value the metric; that of the network's loss by default, for a classifier {@link
     *     Metric#accuracy}
     * @return this builder
     */
    public Builder metric(Metric value) {
      this.metric = Objects.requireNonNull(value, "metric");
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
     * Adds a listener that writes a line after each epoch, and one if training is interrupted.
     *
     * @param out accepts the line, for example {@code System.out::println}
     * @return this builder
     */
    public Builder verbose(Consumer<String> out) {
      return listener(new EpochLines(Objects.requireNonNull(out, "out")));
    }

    /**
     * Builds the trainer.
     *
     * @return a new trainer
     */
    public Trainer build() {
      return new Trainer(this);
    }

    private static int atLeastOne(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(what + ": expected at least 1, got " + value);
      }
      return value;
    }
  }
}
