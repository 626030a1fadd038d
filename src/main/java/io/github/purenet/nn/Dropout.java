package io.github.purenet.nn;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Dropout: in training each number becomes 0 with the probability p and is divided by 1 - p
 * otherwise, so that its mean stays; in inference nothing happens.
 *
 * <p>Shapes: x and y alike, (N, ...) of any rank. In inference y is x itself, not a copy. A dropped
 * NaN stays NaN.
 *
 * <p>What is dropped is a function of the layer's seed, {@link Pass#step} and the place of the
 * number in the batch: another step drops others, the same step the same, with any number of
 * threads. A {@link Network} counts the steps; who trains with a pass of his own sets them.
 *
 * <p>Source: Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, <i>Dropout: A Simple
 * Way to Prevent Neural Networks from Overfitting</i>, section 4. There p is the probability of
 * keeping, and the weights are scaled in inference; here the numbers are scaled in training, the
 * alternative ("inverted dropout") of section 10.
 */
public final class Dropout implements Layer {
  /** 2^64 over the golden ratio: the step of SplitMix64. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final String name;
  private final long seed;

  /** A random number of 32 bits below it drops. */
  private final long threshold;

  private final float scale;

  /**
   * Creates a dropout.
   *
   * @param probability probability p of dropping a number, at least 0 and less than 1
   * @param seed decides with the step what is dropped
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

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    if (!pass.isTraining()) {
      return x;
    }
    NDArray y = pass.output(this, x.shape());
    float[] mask = pass.scratch(this, x.size());
    long key = mix(mix(seed) + pass.step());
    Tasks.parallel(
        x.size(),
        Tasks.EXPONENTIALS,
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
    NDArray dx = pass.gradient(this, shape);
    float[] mask = pass.scratch(this, shape.size());
    Tasks.parallel(
        shape.size(),
        Tasks.EXPONENTIALS,
        (from, to) -> multiply(dy.data(), mask, dx.data(), from, to));
    return dx;
  }

  /** Fills a range of the mask with 0 or the scale; one hash decides on two numbers. */
  private void draw(long key, float[] mask, int from, int to) {
    for (int i = from; i < to; i += 2) { // from is even
      long hash = mix(key + GOLDEN * i);
      mask[i] = keep(hash >>> 32);
      if (i + 1 < to) {
        mask[i + 1] = keep(hash & 0xffff_ffffL);
      }
    }
  }

  /** 0 below the threshold, else the scale; no branch, which nobody could predict. */
  private float keep(long random) {
    int allBitsOrNone = (int) ((threshold - 1 - random) >> 63);
    return Float.intBitsToFloat(Float.floatToRawIntBits(scale) & allBitsOrNone);
  }

  /** z = x mask on a range. */
  private static void multiply(float[] x, float[] mask, float[] z, int from, int to) {
    for (int i = from; i < to; i++) {
      z[i] = x[i] * mask[i];
    }
  }

  /** The output function of SplitMix64: Steele, Lea and Flood 2014, section 5. */
  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
    return x ^ (x >>> 31);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Describes a {@link Dropout}, whose seed is drawn when it is built. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "dropout";

    private final double probability;

    Spec(double probability) {
      this(KIND, probability);
    }

    /** Checks the settings; error texts begin with the name. */
    private Spec(String name, double probability) {
      super(KIND);
      if (!(probability >= 0 && probability < 1)) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected a probability of dropping of at least 0 and less than 1, got %s",
                name, probability));
      }
      this.probability = probability;
    }

    static Spec of(SpecSettings s) {
      return new Spec(s.number("probability"));
    }

    @Override
    public Map<String, Object> settings() {
      return new SpecSettings(KIND).with("probability", probability).toMap();
    }

    @Override
    public Dropout build(String name, Shape input, RandomGenerator random) {
      return new Dropout(name, this, random.nextLong());
    }
  }
}
