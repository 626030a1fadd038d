package io.github.purenet.nn;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Dropout. In training, each number becomes 0 with probability p and is divided by 1 - p otherwise,
 * which preserves its mean; inference leaves all numbers unchanged.
 *
 * <p>Shapes: x and y have the same shape (N, ...), of any rank. In inference, y is x itself, not a
 * copy. A dropped NaN stays NaN.
 *
 * <p>Whether a number is dropped is a function of the seed of the layer, {@link Pass#step()} and
 * the position of the number in the batch, on any number of threads. {@link Network#gradient}
 * numbers its steps; code that trains with a pass of its own must set them.
 *
 * <p>Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, <i>Dropout: A Simple
 * Way to Prevent Neural Networks from Overfitting</i>, section 4. There p is the probability of
 * keeping a number, and the weights are scaled in inference; here the numbers are scaled in
 * training, the alternative of section 10 ("inverted dropout").
 */
public final class Dropout implements Layer {
  /** The increment of SplitMix64: 2^64 divided by the golden ratio. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final String name;
  private final long seed;

  /** A number is dropped if its 32 random bits are below this. */
  private final long threshold;

  private final float scale;

  /**
   * Creates a dropout layer.
   *
   * @param probability the probability p of dropping a number, at least 0 and less than 1, also as
   *     a float
   * @param seed the seed, which determines with the step what is dropped
   * @throws IllegalArgumentException if the probability is out of range
   */
  public Dropout(double probability, long seed) {
    this("Dropout", new Spec("Dropout", probability), seed);
  }

  Dropout(String name, Spec spec, long seed) {
    this.name = name;
    this.seed = seed;
    this.threshold = (long) (spec.probability * (1L << 32));
    this.scale = (float) (1 / (1 - spec.probability));
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the seed, which determines with the step what is dropped. */
  long seed() {
    return seed;
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    if (!pass.isTraining()) {
      pass.keep(this, x); // for its shape
      return x;
    }
    NDArray y = pass.output(this, x.shape());
    float[] mask = pass.scratch(this, x.size());
    long key = mix(mix(seed) + pass.step());
    Tasks.parallel(
        x.size(),
        Tasks.COSTLY,
        (from, to) -> {
          draw(key, mask, from, to);
          multiply(x.data(), mask, y.data(), from, to);
        });
    pass.keep(this, y); // for its shape
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    Shape shape = pass.kept(this).shape();
    Check.sameShape(name, "dy", shape, dy.shape());
    if (!pass.isTraining()) {
      return dy;
    }
    NDArray dx = pass.gradient(this, shape);
    float[] mask = pass.scratch(this, shape.size());
    Tasks.parallel(
        shape.size(), Tasks.COSTLY, (from, to) -> multiply(dy.data(), mask, dx.data(), from, to));
    return dx;
  }

  /** Fills a range of the mask with 0 or the scale; one hash serves two numbers. */
  private void draw(long key, float[] mask, int from, int to) {
    for (int i = from; i < to; i += 2) { // from is even
      long hash = mix(key + GOLDEN * i);
      mask[i] = keep(hash >>> 32);
      if (i + 1 < to) {
        mask[i + 1] = keep(hash & 0xffff_ffffL);
      }
    }
  }

  /** Returns 0 below the threshold, else the scale. Has no branch: it would be unpredictable. */
  private float keep(long random) {
    int allBitsOrNone = (int) ((threshold - 1 - random) >> 63);
    return Float.intBitsToFloat(Float.floatToRawIntBits(scale) & allBitsOrNone);
  }

  /** Computes z = x mask on a range. */
  private static void multiply(float[] x, float[] mask, float[] z, int from, int to) {
    for (int i = from; i < to; i++) {
      z[i] = x[i] * mask[i];
    }
  }

  /** Computes the output function of SplitMix64 (Steele, Lea and Flood 2014, section 5). */
  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * A spec of a {@link Dropout} layer, returned by {@link Layers#dropout}. The seed of the layer is
   * drawn when it is built.
   */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "dropout";

    private final double probability;

    Spec(double probability) {
      this(KIND, probability);
    }

    /** Creates a spec after checking the settings; error messages begin with the name. */
    private Spec(String name, double probability) {
      super(KIND);
      if (!(probability >= 0 && (float) probability < 1)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: expected a probability of dropping of at least 0 and less than 1, got %s",
                name,
                Check.number(probability)));
      }
      this.probability = probability;
    }

    static Spec of(Settings s) {
      return new Spec(s.number("probability"));
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(KIND).with("probability", probability).toMap();
    }

    @Override
    public Dropout build(String name, Shape input, RandomGenerator random) {
      return new Dropout(name, this, StoredParameters.seed(random, name));
    }
  }
}
