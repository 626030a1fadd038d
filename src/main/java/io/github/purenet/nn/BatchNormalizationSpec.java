package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link BatchNormalization}; made by {@link Layers#batchNorm}. */
public final class BatchNormalizationSpec implements LayerSpec {
  private final double epsilon;
  private final double momentum;

  BatchNormalizationSpec() {
    this(BatchNormalization.EPSILON, BatchNormalization.MOMENTUM);
  }

  private BatchNormalizationSpec(double epsilon, double momentum) {
    BatchNormalization.check("batchNorm", epsilon, momentum);
    this.epsilon = epsilon;
    this.momentum = momentum;
  }

  /**
   * The same with another epsilon.
   *
   * @param value what is added to the variance, above 0 and finite
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public BatchNormalizationSpec epsilon(double value) {
    return new BatchNormalizationSpec(value, momentum);
  }

  /**
   * The same with another momentum.
   *
   * @param value share of the batch in the running statistics, from 0 to 1: PyTorch's momentum, 1
   *     minus Keras's
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public BatchNormalizationSpec momentum(double value) {
    return new BatchNormalizationSpec(epsilon, value);
  }

  @Override
  public String kind() {
    return "batchNorm";
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(kind()).with("epsilon", epsilon).with("momentum", momentum).toMap();
  }

  static BatchNormalizationSpec of(Settings s) {
    return new BatchNormalizationSpec(s.number("epsilon"), s.number("momentum"));
  }

  @Override
  public BatchNormalization build(String name, Shape input, RandomGenerator random) {
    if (input.rank() != 1 && input.rank() != 3) {
      throw new IllegalArgumentException(
          name + ": expected an input of (D) or (C, H, W), got " + input);
    }
    Shape channels = Shape.of(input.dimension(0));
    return new BatchNormalization(
        name,
        NDArray.ones(channels),
        NDArray.zeros(channels),
        NDArray.zeros(channels),
        NDArray.ones(channels),
        epsilon,
        momentum);
  }
}
