package io.github.purenet.train;

import io.github.purenet.data.Dataset;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Optimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A trainer that fits a network to data: each epoch visits every sample once, in a new order, in
 * mini-batches of which the last may be smaller.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 7.5, whose trainer draws batches
 * with replacement instead.
 */
public final class Trainer {
  final Network network;
  final Optimizer optimizer;
  final int epochs;
  final int batchSize;
  final int samplesAtOnce;
  final int evaluationSamples;
  final Remainder remainder;
  final Metric metric;
  final SampleOrder order;
  final List<Listener> listeners;

  /** How many epochs the runs before had. */
  long epochsBefore;

  private final boolean stopsOnShutdown;
  private final long seed;

  /** The run at hand, or null. */
  private volatile TrainingRun run;

  private Trainer(Builder builder) {
    network = builder.network;
    optimizer = builder.optimizer;
    epochs = builder.epochs;
    batchSize = builder.batchSize;
    evaluationSamples = builder.evaluationSamples;
    remainder = builder.remainder;
    metric = builder.metric == null ? network.loss().metric() : builder.metric;
    samplesAtOnce = builder.samplesAtOnce;
    seed = builder.seed;
    order = new SampleOrder(seed);
    stopsOnShutdown = builder.stopsOnShutdown;
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
   * <p>If the thread is interrupted, or {@link #stop} called, the run ends after the step at hand,
   * and keeps what was learned: the history says so, and the thread stays interrupted.
   *
   * <p>A thread of its own copies the samples of each batch while the one before is in use, so data
   * sets must be safe for use by another thread. It ends with the run.
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
    Objects.requireNonNull(test, "test");
    return fitOrResume(null, train, test);
  }

  /**
   * Fits the network to the training samples, as {@link #fit(Dataset, Dataset)} does, without
   * samples to evaluate on: the test metrics are NaN.
   *
   * @param train the samples to learn from, at least one
   * @return the results of the run
   * @throws IllegalArgumentException as {@link #fit(Dataset, Dataset)}
   * @throws ArithmeticException as {@link #fit(Dataset, Dataset)}
   */
  public History fit(Dataset train) {
    return fitOrResume(null, train, null);
  }

  private History fitOrResume(Path file, Dataset train, Dataset test) {
    try {
      return start(file, train, test);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of a checkpoint, of which there is none
    }
  }

  /**
   * Goes on with a run from a checkpoint, as if it had never ended: with the same data and
   * settings, it gives the bits that the whole run would have given, and the history of all of it.
   * The number of epochs may be another. The network, the optimizer and the listeners must be made
   * as they were for the run.
   *
   * @param checkpoint the file, or the directory of {@link Checkpoints}, whose last one is taken
   * @param train the samples to learn from, the same as before
   * @param test the samples to evaluate on, at least one
   * @return the results of the run, from its beginning
   * @throws IOException if the file cannot be read, or is no checkpoint of such a run; the message
   *     names it and what differs, and the network and the optimizer are as they were
   * @throws IllegalArgumentException as {@link #fit(Dataset, Dataset)}
   * @throws ArithmeticException as {@link #fit(Dataset, Dataset)}
   */
  public History resume(Path checkpoint, Dataset train, Dataset test) throws IOException {
    Objects.requireNonNull(test, "test");
    return start(file(checkpoint), train, test);
  }

  /**
   * Goes on with a run from a checkpoint, as {@link #resume(Path, Dataset, Dataset)} does, without
   * samples to evaluate on.
   *
   * @param checkpoint the file, or the directory of {@link Checkpoints}, whose last one is taken
   * @param train the samples to learn from, the same as before
   * @return the results of the run, from its beginning
   * @throws IOException as {@link #resume(Path, Dataset, Dataset)}
   */
  public History resume(Path checkpoint, Dataset train) throws IOException {
    return start(file(checkpoint), train, null);
  }

  private static Path file(Path checkpoint) {
    return Files.isDirectory(checkpoint) ? checkpoint.resolve(Checkpoints.LAST) : checkpoint;
  }

  private History start(Path checkpoint, Dataset train, Dataset test) throws IOException {
    TrainingRun started = new TrainingRun(this, train, test);
    if (checkpoint != null) {
      started.restore(checkpoint);
    }
    run = started;
    StopOnShutdown hook = stopsOnShutdown ? new StopOnShutdown(started) : null;
    try {
      return started.run();
    } finally {
      run = null;
      if (hook != null) {
        hook.end();
      }
    }
  }

  /**
   * Ends the run at hand after the step at hand; without a run, does nothing. Any thread may call
   * this method, which does not wait.
   */
  public void stop() {
    TrainingRun present = run;
    if (present != null) {
      present.stop();
    }
  }

  /** Returns the number of samples that are evaluated at once. */
  int evaluationBatch() {
    return Math.min(batchSize, samplesAtOnce);
  }

  /** Returns what must be equal where a run is resumed, as JSON. */
  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("batchSize", batchSize);
    settings.put("samplesAtOnce", samplesAtOnce);
    settings.put("remainder", remainder.name());
    settings.put("metric", metric.name());
    settings.put("optimizer", optimizer.getClass().getSimpleName());
    return settings;
  }

  /** Returns all that was set, in words. */
  Map<String, String> described() {
    Map<String, String> described = new LinkedHashMap<>();
    described.put("optimizer", words(optimizer));
    described.put("epochs", String.valueOf(epochs));
    described.put("batch size", String.valueOf(batchSize));
    if (samplesAtOnce < batchSize) {
      described.put("samples at once", String.valueOf(samplesAtOnce));
    }
    described.put("remainder of an epoch", remainder.name().toLowerCase(Locale.ROOT));
    described.put("seed of the order", String.valueOf(seed));
    described.put("metric", metric.name());
    described.put("samples evaluated after an epoch", String.valueOf(evaluationSamples));
    return described;
  }

  /** Returns what an optimizer says of itself, or the name of its class if that is nothing. */
  private static String words(Optimizer optimizer) {
    String text = optimizer.toString();
    Class<?> type = optimizer.getClass();
    return text.startsWith(type.getName() + "@") ? type.getSimpleName() : text;
  }

  /** A builder of a {@link Trainer}. */
  public static final class Builder {
    private final Network network;
    private final List<Listener> listeners = new ArrayList<>();
    private Optimizer optimizer = new Adam();
    private int epochs = 20;
    private int batchSize = 100;
    private int samplesAtOnce = Integer.MAX_VALUE;
    private boolean stopsOnShutdown;
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
     * Sets how many samples of a batch are computed at once, for batches that do not fit into
     * memory. The gradients of its parts, which differ by one sample at most, are added up, so that
     * the step is the one of the whole batch, but for rounding. A batch normalization takes the
     * statistics of each part; and the class weights of {@link
     * io.github.purenet.nn.SoftmaxWithLoss} are balanced within each part.
     *
     * @param count the largest number of samples of a part, at least 1; all of a batch by default
     * @return this builder
     * @throws IllegalArgumentException if the number is less than 1
     */
    public Builder samplesAtOnce(int count) {
      this.samplesAtOnce = atLeastOne("samplesAtOnce", count);
      return this;
    }

    /**
     * Lets a run end after the step at hand when the JVM shuts down, for example by Ctrl-C, which
     * waits for it: the listeners are told, and {@link Checkpoints} writes the last one. A listener
     * must not call {@link System#exit} then, which would wait for itself.
     *
     * @return this builder
     */
    public Builder stopOnShutdown() {
      this.stopsOnShutdown = true;
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
     * Adds a listener that writes a line after each epoch, and one if training ends early.
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
