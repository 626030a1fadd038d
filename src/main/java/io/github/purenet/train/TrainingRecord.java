package io.github.purenet.train;

import io.github.purenet.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A listener that notes the loss and the learning rate of each step and the results of each epoch,
 * to be looked at or drawn. Other threads may read it while the network trains.
 *
 * <p>It holds one run, the last that it was told of: a run that is resumed from the beginning, if
 * the checkpoint was written with this listener in the same place. Without that, the learning rates
 * of the steps before are NaN.
 */
public final class TrainingRecord implements Listener {
  private static final String RATES = "learningRates";

  private final List<Double> losses = new ArrayList<>();
  private final List<Double> rates = new ArrayList<>();
  private final List<Epoch> epochs = new ArrayList<>();

  /** Creates a listener. */
  public TrainingRecord() {}

  @Override
  public synchronized void trainingStarted(Training training) {
    losses.clear();
    rates.clear();
    epochs.clear();
    History before = training.history();
    for (double loss : before.trainLosses()) {
      losses.add(loss);
      rates.add(Double.NaN);
    }
    epochs.addAll(before.epochs());
  }

  @Override
  public synchronized void stepEnded(Step step) {
    losses.add(step.loss());
    rates.add(step.learningRate());
  }

  @Override
  public synchronized void epochEnded(Epoch epoch) {
    epochs.add(epoch);
  }

  /**
   * Returns the loss of each step's batch, before the step.
   *
   * @return a copy, one number per step
   */
  public synchronized double[] losses() {
    return array(losses);
  }

  /**
   * Returns the learning rate of each step.
   *
   * @return a copy, one number per step; NaN where the optimizer has none or it is not known
   */
  public synchronized double[] learningRates() {
    return array(rates);
  }

  /**
   * Returns the results of each epoch.
   *
   * @return an unmodifiable copy, in the order of the epochs
   */
  public synchronized List<Epoch> epochs() {
    return List.copyOf(epochs);
  }

  private static double[] array(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public synchronized Map<String, NDArray> state() {
    return Map.of(RATES, Doubles.split(array(rates)));
  }

  /**
   * Restores the learning rates. A checkpoint that was written before this listener was told of its
   * last step has one less.
   */
  @Override
  public synchronized void restore(Map<String, NDArray> state) {
    NDArray parts = state.get(RATES);
    if (parts == null) {
      return;
    }
    double[] stored = Doubles.join(parts);
    if (stored.length > rates.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "TrainingRecord: expected learning rates of at most %d steps, got %d",
              rates.size(),
              stored.length));
    }
    for (int i = 0; i < stored.length; i++) {
      rates.set(i, stored[i]);
    }
  }
}
