package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.random.RandomGenerator;

/**
 * A view of samples each of which is mixed with another one, {@code share x + (1 - share) x'}, as
 * are their targets, in rows of probabilities.
 */
record Mixup(Dataset whole, double alpha, int classes, long seed, long epoch) implements Dataset {

  Mixup {
    if (!(alpha > 0 && alpha <= 1000)) {
      throw new IllegalArgumentException(
          "mixup: expected an alpha above 0, at most 1000, got " + alpha);
    }
    Shape target = whole.targetShape();
    if (target.rank() > 1 || classes < 1 || (target.rank() == 1 && target.size() != classes)) {
      throw new IllegalArgumentException(
          "mixup: expected class indices or rows of "
              + classes
              + " classes as targets, got "
              + target);
    }
  }

  @Override
  public int size() {
    return whole.size();
  }

  @Override
  public Shape sampleShape() {
    return whole.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return Shape.of(classes);
  }

  @Override
  public void copyTo(int index, NDArray x, NDArray t, int row) {
    Rows.check(this, index, x, t, row);
    RandomGenerator random = new SampleRandom(seed, epoch, index);
    int other = Pixels.between(0, size() - 1, random);
    float share = (float) Beta.symmetric(alpha, random);
    NDArray samples = NDArray.zeros(sampleShape().prepend(2));
    NDArray targets = NDArray.zeros(whole.targetShape().prepend(2));
    whole.copyTo(index, samples, targets, 0);
    whole.copyTo(other, samples, targets, 1);
    int size = sampleShape().size();
    for (int i = 0; i < size; i++) {
      x.data()[row * size + i] = share * samples.data()[i] + (1 - share) * samples.data()[size + i];
    }
    for (int k = 0; k < classes; k++) {
      t.data()[row * classes + k] = share * of(targets, 0, k) + (1 - share) * of(targets, 1, k);
    }
  }

  /** Returns the probability of a class in a target. */
  private float of(NDArray targets, int row, int k) {
    if (targets.rank() == 2) {
      return targets.get(row, k);
    }
    float label = targets.get(row);
    if (!(label >= 0 && label < classes && label == (int) label)) {
      throw new IllegalArgumentException(
          "mixup: expected a class index from 0 to " + (classes - 1) + ", got " + label);
    }
    return label == k ? 1 : 0;
  }

  @Override
  public Dataset inEpoch(long number) {
    return new Mixup(whole.inEpoch(number), alpha, classes, seed, number);
  }
}
