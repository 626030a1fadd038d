package io.github.purenet.train;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One run of a trainer: where it stands, and its loop. */
final class TrainingRun implements Training {
  private final Trainer trainer;
  private final Dataset train;

  /** What the network is evaluated on, or null. */
  private final Dataset test;

  private final Batches batches;
  private final List<Epoch> epochs = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();

  /** How many steps of the epoch at hand are done, and the sum of their losses. */
  private int step;

  private double sum;
  private Checkpoint resumed;
  private volatile boolean stopped;

  TrainingRun(Trainer trainer, Dataset train, Dataset test) {
    this.trainer = trainer;
    this.train = train;
    this.test = test;
    requireFit("train", train);
    if (test != null) {
      requireFit("test", test);
    }
    this.batches = batches();
  }

  private void requireFit(String what, Dataset dataset) {
    Evaluation.requireSamples(what, dataset);
    try {
      Evaluation.requireFit(trainer.metric, trainer.network, dataset);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }

  private Batches batches() {
    int smallest = 1;
    String neediest = trainer.network.name();
    Shape shape = train.sampleShape().prepend(1);
    for (Layer layer : trainer.network.layers()) {
      if (layer.smallestBatch(shape) > smallest) {
        smallest = layer.smallestBatch(shape);
        neediest = layer.name();
      }
      shape = layer.outputShape(shape);
    }
    Batches whole =
        new Batches(train.size(), trainer.batchSize, trainer.remainder, smallest, neediest);
    whole.requireParts(trainer.samplesAtOnce, smallest, neediest);
    return whole;
  }

  /** Goes on from a checkpoint. */
  void restore(Path file) throws IOException {
    resumed = Checkpoint.read(file);
    Checkpoint.Position position = resumed.restore(trainer, train.size(), batches.count());
    epochs.addAll(position.epochs());
    losses.addAll(position.losses());
    step = position.step();
    sum = position.sum();
    trainer.epochsBefore = position.epochsBefore();
  }

  History run() throws IOException {
    trainer.listeners.forEach(listener -> listener.trainingStarted(this));
    if (resumed != null) {
      resumed.restoreListeners(trainer.listeners);
    }
    Ending ending = stopped ? Ending.STOPPED : Ending.COMPLETE;
    try (BatchLoader loader = new BatchLoader(train, batches)) {
      while (epochs.size() < trainer.epochs && ending == Ending.COMPLETE) {
        ending = runEpoch(loader);
      }
    }
    double ofTest = step > 0 ? Double.NaN : evaluate("test", test);
    History history = history(ofTest, ending);
    trainer.listeners.forEach(listener -> listener.trainingEnded(history));
    trainer.epochsBefore += epochs.size() + (step > 0 ? 1 : 0);
    return history;
  }

  /** Runs an epoch, or the rest of it, unless it is ended early. */
  private Ending runEpoch(BatchLoader loader) {
    long start = System.nanoTime();
    if (step == 0) {
      trainer.order.next(train.size());
    }
    Dataset now = train.inEpoch(trainer.epochsBefore + epochs.size());
    loader.start(now, trainer.order.indices(), step);
    while (step < batches.count()) {
      takeStep(now, loader);
      if (ending() != Ending.COMPLETE) {
        return ending();
      }
    }
    endEpoch(start);
    return stopped ? Ending.STOPPED : Ending.COMPLETE;
  }

  private Ending ending() {
    if (Thread.currentThread().isInterrupted()) {
      return Ending.INTERRUPTED;
    }
    return stopped ? Ending.STOPPED : Ending.COMPLETE;
  }

  private void takeStep(Dataset now, BatchLoader loader) {
    int epoch = epochs.size() + 1;
    String where = String.format(Locale.ROOT, "epoch %d, step %d: ", epoch, step + 1);
    double rate = trainer.optimizer.learningRate();
    double loss;
    int samples = batches.to(step) - batches.from(step);
    try {
      loss = gradient(loader.next(), samples);
      trainer.optimizer.step(trainer.network.parameters());
    } catch (IllegalArgumentException e) {
      int bad = badSample(now);
      String sample = bad < 0 ? "" : "; it is sample " + bad + " of the training data";
      throw new IllegalArgumentException(where + e.getMessage() + sample, e);
    } catch (ArithmeticException e) {
      throw located(where, e);
    }
    losses.add(loss);
    sum += loss;
    step++;
    Step result = new Step(epoch, step, batches.count(), samples, loss, rate);
    trainer.listeners.forEach(listener -> listener.stepEnded(result));
  }

  /** Computes the gradient of a batch, at once or in parts. */
  private double gradient(Batch batch, int samples) {
    int parts = Batches.parts(samples, trainer.samplesAtOnce);
    if (parts == 1) {
      return trainer.network.gradient(batch.x(), batch.t());
    }
    trainer.network.parameters().forEach(Parameter::clearGradient);
    double loss = 0;
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) samples * i / parts);
      int to = (int) ((long) samples * (i + 1) / parts);
      double weight = (double) (to - from) / samples;
      NDArray x = batch.x().slice(from, to);
      loss += weight * trainer.network.addGradient(x, batch.t().slice(from, to), weight);
    }
    return loss;
  }

  private void endEpoch(long start) {
    int number = epochs.size() + 1;
    String where = "epoch " + number + ", ";
    double ofTrain = evaluate(where + "train", train.head(trainer.evaluationSamples));
    double ofTest =
        evaluate(where + "test", test == null ? null : test.head(trainer.evaluationSamples));
    double seconds = (System.nanoTime() - start) / 1e9;
    double loss = sum / batches.count();
    double rate = trainer.optimizer.learningRate();
    Epoch epoch = new Epoch(number, trainer.epochs, loss, metric(), ofTrain, ofTest, rate, seconds);
    epochs.add(epoch);
    step = 0;
    sum = 0;
    trainer.listeners.forEach(listener -> listener.epochEnded(epoch));
  }

  /** Returns the index of the first sample of the batch at hand that fails alone, too, or -1. */
  private int badSample(Dataset now) {
    Batch one = Batch.allocate(now, 1);
    int[] order = trainer.order.indices();
    for (int i = batches.from(step); i < batches.to(step); i++) {
      try {
        one.fill(now, order, i, i + 1);
        trainer.network.loss(one.x(), one.t());
      } catch (IllegalArgumentException e) {
        return order[i];
      }
      if (Finite.firstNot(one.x(), 0) >= 0 || Finite.firstNot(one.t(), 0) >= 0) {
        return order[i];
      }
    }
    return -1;
  }

  private double evaluate(String what, Dataset dataset) {
    if (dataset == null) {
      return Double.NaN;
    }
    try {
      return Evaluation.metric(
          trainer.metric, trainer.network, dataset, trainer.evaluationBatch(), Finite::require);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    } catch (ArithmeticException e) {
      throw located(what + ": ", e);
    }
  }

  private static ArithmeticException located(String where, ArithmeticException e) {
    ArithmeticException located = new ArithmeticException(where + e.getMessage());
    located.initCause(e);
    return located;
  }

  private History history(double testMetric, Ending ending) {
    double[] all = losses.stream().mapToDouble(Double::doubleValue).toArray();
    return new History(all, epochs, metric(), testMetric, ending, trainer.described());
  }

  @Override
  public Network network() {
    return trainer.network;
  }

  @Override
  public Metric metric() {
    return trainer.metric;
  }

  @Override
  public int epochs() {
    return trainer.epochs;
  }

  @Override
  public int steps() {
    return batches.count();
  }

  @Override
  public History history() {
    double last = epochs.isEmpty() ? Double.NaN : epochs.get(epochs.size() - 1).testMetric();
    return history(last, ending());
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void save(Path file) throws IOException {
    Checkpoint.write(
        file, trainer, new Checkpoint.Position(losses, epochs, step, sum, trainer.epochsBefore));
  }
}
