package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import java.util.Objects;

/**
 * Numbers that training changes, and their gradient.
 *
 * <p>Any number of threads may read the value at once; while one thread trains, no other may use
 * the network.
 */
public final class Parameter {
  private final String name;
  private final NDArray value;
  private final boolean weight;
  private NDArray gradient;

  /** Whether the gradient counts as 0, whatever its memory holds. */
  private boolean cleared;

  private volatile boolean frozen;

  /**
   * A parameter with gradient 0.
   *
   * @param name for example {@code conv1.W}
   * @param value initial value; kept, not copied
   */
  public Parameter(String name, NDArray value) {
    this(name, value, value.rank() >= 2);
  }

  /** A parameter that counts as a weight or does not, whatever its axes. */
  Parameter(String name, NDArray value, boolean weight) {
    this.name = Objects.requireNonNull(name, "name");
    this.value = Objects.requireNonNull(value, "value");
    this.weight = weight;
  }

  /**
   * The name.
   *
   * @return for example {@code conv1.W}
   */
  public String name() {
    return name;
  }

  /**
   * The numbers themselves.
   *
   * @return the value, a view: writing to it changes the layer
   */
  public NDArray value() {
    return value;
  }

  /**
   * Whether this is a weight, not a bias or a scale of a normalisation: its value has two axes or
   * more, and it does not belong to a {@link LayerNormalization}.
   *
   * @return whether weight decay usually applies to it
   */
  public boolean isWeight() {
    return weight;
  }

  /** Keeps optimizers from changing the value. Its gradient may no longer be computed. */
  public void freeze() {
    frozen = true;
  }

  /** Lets optimizers change the value again. */
  public void unfreeze() {
    frozen = false;
  }

  /**
   * Whether optimizers leave the value alone.
   *
   * @return true from {@link #freeze} to {@link #unfreeze}
   */
  public boolean isFrozen() {
    return frozen;
  }

  /**
   * What backward computations since the last {@link #clearGradient} have added up.
   *
   * @return the gradient in the value's shape, a view; its memory is taken on the first call
   */
  public NDArray gradient() {
    if (replaceGradient()) {
      gradient.fill(0f);
    }
    return gradient;
  }

  /** Sets the gradient to 0. */
  public void clearGradient() {
    cleared = true;
  }

  /**
   * Whether the gradient is 0 and not yet written so. A layer that gets true must replace all of
   * {@link #gradient}; that saves writing zeros and reading them again.
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
