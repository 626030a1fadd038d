package io.github.purenet.nn;

import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link LocalResponseNormalization}; made by {@link Layers#localResponseNorm}. */
public final class LocalResponseNormalizationSpec implements LayerSpec {
  private final int size;
  private final double alpha;
  private final double beta;
  private final double k;

  LocalResponseNormalizationSpec() {
    this(
        LocalResponseNormalization.SIZE,
        LocalResponseNormalization.ALPHA,
        LocalResponseNormalization.BETA,
        LocalResponseNormalization.K);
  }

  private LocalResponseNormalizationSpec(int size, double alpha, double beta, double k) {
    LocalResponseNormalization.check("localResponseNorm", size, alpha, beta, k);
    this.size = size;
    this.alpha = alpha;
    this.beta = beta;
    this.k = k;
  }

  /**
   * The same with another window.
   *
   * @param channels channels of a window, odd, from 1 to 999
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public LocalResponseNormalizationSpec size(int channels) {
    return new LocalResponseNormalizationSpec(channels, alpha, beta, k);
  }

  /**
   * The same with another alpha.
   *
   * @param factor factor of the sum of squares, above 0 and finite: PyTorch's alpha divided by the
   *     size
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public LocalResponseNormalizationSpec alpha(double factor) {
    return new LocalResponseNormalizationSpec(size, factor, beta, k);
  }

  /**
   * The same with another beta.
   *
   * @param exponent exponent of the scale, above 0 and finite; 0.75 is fast
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public LocalResponseNormalizationSpec beta(double exponent) {
    return new LocalResponseNormalizationSpec(size, alpha, exponent, k);
  }

  /**
   * The same with another k.
   *
   * @param addend what is added to the sum, above 0 and finite
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public LocalResponseNormalizationSpec k(double addend) {
    return new LocalResponseNormalizationSpec(size, alpha, beta, addend);
  }

  @Override
  public String kind() {
    return "localResponseNorm";
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(kind())
        .with("size", size)
        .with("alpha", alpha)
        .with("beta", beta)
        .with("k", k)
        .toMap();
  }

  static LocalResponseNormalizationSpec of(Settings s) {
    return new LocalResponseNormalizationSpec(
        s.integer("size"), s.number("alpha"), s.number("beta"), s.number("k"));
  }

  @Override
  public LocalResponseNormalization build(String name, Shape input, RandomGenerator random) {
    Check.rank(name, "an input", 3, "(C, H, W)", input);
    return new LocalResponseNormalization(name, size, alpha, beta, k);
  }
}
