package io.github.purenet.train;

import io.github.purenet.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A listener that ends training when epochs bring nothing any more, and gives the network the
 * parameters and buffers that it had after its best epoch. They come back after the last epoch as
 * well, but not in a run that is stopped or interrupted, which may be resumed.
 *
 * <p>The best epoch is that of the best metric of the test samples, or, in a training without test
 * samples, that of the least loss.
 */
public final class EarlyStopping implements Listener {
  private static final String BEST = "best.";
  private static final String EPOCH = "epoch";

  private final int patience;
  private final double minGain;
  private Training training;
  private Epoch best;
  private boolean stopped;
  private Map<String, NDArray> bestValues = Map.of();

  /**
   * Creates a listener.
   *
   * @param patience how many epochs in a row may bring nothing, at least 1
   * @throws IllegalArgumentException if the number is less than 1
   */
  public EarlyStopping(int patience) {
    this(patience, 0);
  }

  private EarlyStopping(int patience, double minGain) {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "EarlyStopping: expected a patience of at least 1 epoch, got " + patience);
    }
    if (!(minGain >= 0 && Double.isFinite(minGain))) {
      throw new IllegalArgumentException(
          "EarlyStopping: expected a finite gain of at least 0, got " + minGain);
    }
    this.patience = patience;
    this.minGain = minGain;
  }

  /**
   * Returns a listener of the same patience that takes a small gain for none.
   *
   * @param gain by how much the metric or loss must be better than before, at least 0; 0 by default
   * @return a new listener
   * @throws IllegalArgumentException if the number is out of range
   */
  public EarlyStopping minGain(double gain) {
    return new EarlyStopping(patience, gain);
  }

  @Override
  public void trainingStarted(Training run) {
    training = run;
    best = null;
    stopped = false;
    bestValues = Map.of();
    for (Epoch epoch : run.history().epochs()) {
      best = isBetter(epoch) ? epoch : best;
    }
  }

  /**
   * Returns whether this listener has ended the last run.
   *
   * @return true after it has
   */
  public boolean hasStopped() {
    return stopped;
  }

  private boolean isBetter(Epoch epoch) {
    return best == null || epoch.gainOver(best) > minGain;
  }

  @Override
  public void epochEnded(Epoch epoch) {
    if (isBetter(epoch)) {
      best = epoch;
      bestValues = training.network().copyParameters();
    }
    if (epoch.number() == epoch.epochs()) {
      training.network().setParameters(bestValues);
    }
    stopAfter(epoch);
  }

  private void stopAfter(Epoch epoch) {
    if (epoch.number() - best.number() >= patience) {
      training.network().setParameters(bestValues);
      stopped = true;
      training.stop();
    }
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    bestValues.forEach((name, value) -> state.put(BEST + name, value));
    if (best != null) {
      state.put(EPOCH, NDArray.scalar(best.number()));
    }
    return state;
  }

  @Override
  public void restore(Map<String, NDArray> state) {
    if (best == null) {
      return;
    }
    NDArray epoch = state.get(EPOCH);
    boolean isOfBest = epoch != null && epoch.size() == 1 && epoch.item() == best.number();
    // A checkpoint that was written before this listener knew of the epoch holds the best network.
    Map<String, NDArray> values = isOfBest ? values(state) : training.network().copyParameters();
    bestValues = values;
    List<Epoch> epochs = training.history().epochs();
    stopAfter(epochs.get(epochs.size() - 1));
  }

  /** Returns the values of a state, of the names and shapes that the network has. */
  private Map<String, NDArray> values(Map<String, NDArray> state) {
    Map<String, NDArray> values = training.network().copyParameters();
    values.replaceAll(
        (name, present) -> {
          NDArray value = state.get(BEST + name);
          if (value == null || !value.shape().equals(present.shape())) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "EarlyStopping: expected the best value of %s %s, got %s",
                    name,
                    present.shape(),
                    value == null ? "none" : value.shape()));
          }
          return value;
        });
    return values;
  }
}
