package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import java.util.Objects;

/**
 * A parameter of a layer: an array of numbers, its value, which training changes, and their
 * gradient.
 *
 * <p>Any number of threads may read the value at once. While one thread trains the network, no
 * other thread may use it.
 */
public final class Parameter {
  private final String name;
  private final NDArray value;
  private final boolean weight;
  private NDArray gradient;

  /** Whether the gradient is 0, whatever its memory holds. */
  private boolean cleared;

  private volatile boolean frozen;

  /**
   * Creates a parameter with gradient 0, which is a weight if its value has at least two axes.
   *
   * @param name the name, for example {@code conv1.W}
   * @param value the initial value; kept, not copied
   */
  public Parameter(String name, NDArray value) {
    this(name, value, value.rank() >= 2);
  }

  /** Creates a parameter with gradient 0, which is a weight or not, whatever its axes. */
  Parameter(String name, NDArray value, boolean weight) {
    this.name = Objects.requireNonNull(name, "name");
    this.value = Objects.requireNonNull(value, "value");
    this.weight = weight;
  }

  /**
   * Returns the name of this parameter.
   *
   * @return the name, for example {@code conv1.W}
   */
  public String name() {
    return name;
  }

  /**
   * Returns the value of this parameter.
   *
   * @return the value, not a copy: writing to it changes the layer
   */
  public NDArray value() {
    return value;
  }

  /**
   * Returns whether this parameter is a weight, to which weight decay usually applies, and not a
   * bias or the scale or shift of a normalization. A weight has a value of at least two axes and
   * does not belong to a {@link LayerNormalization}.
   *
   * @return true if this parameter is a weight
   */
  public boolean isWeight() {
    return weight;
  }

  /**
   * Freezes this parameter: optimizers leave its value alone, and layers need not compute its
   * gradient.
   */
  public void freeze() {
    frozen = true;
  }

  /** Unfreezes this parameter: optimizers change its value again. */
  public void unfreeze() {
    frozen = false;
  }

  /**
   * Returns whether this parameter is frozen.
   *
   * @return true after {@link #freeze}, until {@link #unfreeze}
   */
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * Returns the gradient of the loss with respect to the value: the sum of what backward
   * computations have added since the last {@link #clearGradient}. Its memory is allocated on the
   * first call. It is a sum of floats: each time a layer adds to it, the sum is rounded.
   *
   * @return the gradient in the shape of the value, not a copy: layers add to it
   */
  public NDArray gradient() {
    if (replaceGradient()) {
      gradient.fill(0f);
    }
    return gradient;
  }

  /** Copies an array of the same shape to the value, unless it is its memory already. */
  void assign(NDArray array) {
    if (array.data() != value.data()) {
      System.arraycopy(array.data(), 0, value.data(), 0, value.size());
    }
  }

  /** Sets the gradient to 0. */
  public void clearGradient() {
    cleared = true;
  }

  /**
   * Returns whether the gradient is 0 although its memory may hold other numbers. A layer that gets
   * true must replace all of {@link #gradient} instead of adding to it, which saves writing zeros
   * and reading them again. Returns true once after each {@link #clearGradient}.
   */
  boolean replaceGradient() {
    if (gradient == null) {
      gradient = NDArray.zeros(value.shape());
      cleared = false;
    }
    boolean replace = cleared;
    cleared = false;
    return replace;
  }

  @Override
  public String toString() {
    return name + " " + value.shape();
  }
}
