package io.github.purenet.optim;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Adam: steps along a running mean of the gradient, scaled by a running mean of its square.
 *
 * <p>Source: Kingma and Ba 2015, <i>Adam: A Method for Stochastic Optimization</i>, algorithm 1:
 * {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2 v + (1 - beta2) g²}, {@code value -=
 * learningRate m' / (sqrt(v') + epsilon)} with {@code m' = m / (1 - beta1^t)} and {@code v' = v /
 * (1 - beta2^t)}. Epsilon stands where the paper and PyTorch have it, added to the corrected root;
 * the book adds 1e-7 to the uncorrected one.
 */
public final class Adam implements Optimizer {
  private final double learningRate;
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final IdentityHashMap<Parameter, Moments> moments = new IdentityHashMap<>();
  private int steps;

  /** Adam with learning rate 0.001, beta1 0.9, beta2 0.999 and epsilon 1e-8. */
  public Adam() {
    this(0.001);
  }

  /**
   * Adam with beta1 0.9, beta2 0.999 and epsilon 1e-8.
   *
   * @param learningRate above 0
   * @throws IllegalArgumentException if the number is out of range
   */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-8);
  }

  /**
   * Adam.
   *
   * @param learningRate above 0
   * @param beta1 decay of the mean of gradients, at least 0 and below 1
   * @param beta2 decay of the mean of squared gradients, at least 0 and below 1
   * @param epsilon above 0
   * @throws IllegalArgumentException if a number is out of range
   */
  public Adam(double learningRate, double beta1, double beta2, double epsilon) {
    check(learningRate > 0 && Double.isFinite(learningRate), "learningRate above 0", learningRate);
    check(beta1 >= 0 && beta1 < 1, "beta1 in [0, 1)", beta1);
    check(beta2 >= 0 && beta2 < 1, "beta2 in [0, 1)", beta2);
    check(epsilon > 0 && Double.isFinite(epsilon), "epsilon above 0", epsilon);
    this.learningRate = learningRate;
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  private static void check(boolean ok, String expected, double got) {
    if (!ok) {
      throw new IllegalArgumentException("Adam: expected " + expected + ", got " + got);
    }
  }

  @Override
  public void step(List<Parameter> parameters) {
    steps++;
    float rate = (float) (learningRate / (1 - Math.pow(beta1, steps)));
    float scale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, steps)));
    for (Parameter parameter : parameters) {
      if (parameter.isFrozen()) {
        continue;
      }
      NDArray value = parameter.value();
      NDArray gradient = parameter.gradient();
      Moments moment = moments.computeIfAbsent(parameter, p -> new Moments(value.size()));
      Kernels.active()
          .adam(
              value.size(),
              gradient.data(),
              gradient.offset(),
              moment.m,
              moment.v,
              value.data(),
              value.offset(),
              (float) beta1,
              (float) beta2,
              rate,
              scale,
              (float) epsilon);
    }
  }

  private static final class Moments {
    final float[] m;
    final float[] v;

    Moments(int size) {
      m = new float[size];
      v = new float[size];
    }
  }
}
