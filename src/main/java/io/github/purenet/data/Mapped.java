package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A view of samples that a function has changed; it is applied whenever a sample is copied. */
record Mapped(Dataset whole, UnaryOperator<NDArray> function, Shape sampleShape)
    implements Dataset {

  /** Learns the shape of the changed samples from the first one. */
  static Dataset of(Dataset whole, UnaryOperator<NDArray> function) {
    NDArray first = NDArray.zeros(whole.sampleShape());
    if (whole.size() > 0) {
      first = whole.head(1).all().x().reshape(whole.sampleShape());
    }
    return new Mapped(whole, function, function.apply(first).shape());
  }

  @Override
  public int size() {
    return whole.size();
  }

  @Override
  public Shape targetShape() {
    return whole.targetShape();
  }

  @Override
  public void copyTo(int index, NDArray x, NDArray t, int row) {
    Rows.check(this, index, x, t, row);
    Batch one = Batch.one(whole, index);
    NDArray changed = function.apply(one.x().reshape(whole.sampleShape()));
    if (!changed.shape().equals(sampleShape)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "map: expected a sample of %s, as the first one, got %s of sample %d",
              sampleShape,
              changed.shape(),
              index));
    }
    System.arraycopy(changed.data(), 0, x.data(), row * changed.size(), changed.size());
    one.copyTargetTo(t, row);
  }

  @Override
  public void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    whole.copyTargetTo(index, t, row);
  }

  @Override
  public Dataset inEpoch(long epoch) {
    return new Mapped(whole.inEpoch(epoch), function, sampleShape);
  }
}
