package io.github.purenet.train;

import java.util.ArrayList;
import java.util.List;

/** A listener that notes the learning rate of each step, to be looked at or drawn. */
public final class LearningRates implements Listener {
  private final List<Double> rates = new ArrayList<>();

  /** Creates a listener. */
  public LearningRates() {}

  @Override
  public void stepEnded(Step step) {
    rates.add(step.learningRate());
  }

  /** Does nothing. */
  @Override
  public void epochEnded(Epoch epoch) {}

  /**
   * Returns the learning rates of the steps that this listener has seen.
   *
   * @return a copy; NaN where the optimizer has none
   */
  public double[] values() {
    return rates.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
