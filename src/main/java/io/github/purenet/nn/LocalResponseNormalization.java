package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Local response normalization across channels: {@code y_c = x_c / s_c^beta} with the scale {@code
 * s_c = k + alpha sum(x_j²)} over the channels j from c - floor(size / 2) to c + floor(size / 2)
 * that there are, at each position by itself.
 *
 * <p>Shapes: x and y (N, C, H, W). The size is odd, so that a channel stands in the middle of its
 * window; an even one is refused, since libraries differ in what they make of it.
 *
 * <p>Source: Krizhevsky, Sutskever and Hinton 2012, <i>ImageNet Classification with Deep
 * Convolutional Neural Networks</i>, section 3.3, with size 5, alpha 1e-4, beta 0.75 and k 2. Alpha
 * is the paper's, a factor of the sum. PyTorch and Caffe take the mean over the window instead:
 * their alpha is ours times the size. Their k is 1 unless set.
 *
 * <p>Each window is summed anew, not moved along by adding one square and subtracting another: that
 * would carry rounding errors, and a NaN, from the channels behind to all ahead.
 */
public final class LocalResponseNormalization implements Layer {
  /** Positions of a task at most: its rows, 2 KiB each, stay in the first-level cache. */
  private static final int BLOCK = 512;

  /** The first key of a window's rows; before it those of x, s and d. */
  private static final int WINDOW = 3;

  private final String name;
  private final Spec spec;

  /** Under which a pass keeps the rows of {@link Work}. */
  private final Object[] keys;

  /** Creates a local response normalization with the numbers of the paper. */
  public LocalResponseNormalization() {
    this("LocalResponseNormalization", new Spec());
  }

  /**
   * Creates a local response normalization.
   *
   * @param size channels of a window, odd, from 1 to 999
   * @param alpha factor of the sum of squares, above 0 and finite
   * @param beta exponent, above 0 and finite
   * @param k what is added to the sum, above 0 and finite
   * @throws IllegalArgumentException if a number is out of range
   */
  public LocalResponseNormalization(int size, double alpha, double beta, double k) {
    this(
        "LocalResponseNormalization", new Spec("LocalResponseNormalization", size, alpha, beta, k));
  }

  LocalResponseNormalization(String name, Spec spec) {
    this.name = name;
    this.spec = spec;
    this.keys = Stream.generate(Object::new).limit(WINDOW + spec.size).toArray();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape outputShape(Shape input) {
    Check.rank(name, "x", 4, "(N, C, H, W)", input);
    return input;
  }

  /** What the tasks share: each is a block of positions of one image, through all channels. */
  private record Blocks(int images, int channels, int positions) {
    static Blocks of(Shape x) {
      return new Blocks(x.dimension(0), x.dimension(1), x.dimension(2) * x.dimension(3));
    }

    private int perImage() {
      return Math.max(1, (positions + BLOCK - 1) / BLOCK);
    }

    int tasks() {
      return images * perImage();
    }

    /** Where the block of a channel stands. */
    int at(int task, int channel) {
      int plane = task / perImage() * channels + channel;
      return plane * positions + first(task % perImage());
    }

    int count(int task) {
      int block = task % perImage();
      return first(block + 1) - first(block);
    }

    /** Blocks of nearly equal length, so that the threads end together. */
    private int first(int block) {
      return (int) ((long) positions * block / perImage());
    }
  }

  /**
   * Rows of one number a position in arrays of their own, at the same index in all of them: C2
   * makes vectors of loops over those only. Each task has its own part of each array.
   */
  private final class Work {
    final float[] x;
    final float[] s;
    final float[] d;

    /** A row for each channel of a window, in turn. */
    final float[][] window;

    private final int channels;
    private final int length;

    Work(Blocks blocks, Pass pass) {
      channels = blocks.channels;
      length = Math.min(BLOCK, blocks.positions);
      int size = blocks.tasks() * length;
      x = pass.scratch(keys[0], size);
      s = pass.scratch(keys[1], size);
      d = pass.scratch(keys[2], size);
      window = new float[Math.min(2 * half() + 1, channels)][];
      for (int j = 0; j < window.length; j++) {
        window[j] = pass.scratch(keys[WINDOW + j], size);
      }
    }

    int from(int task) {
      return task * length;
    }

    /** The row that channel c takes, from the channel that has left the window. */
    float[] row(int c) {
      return window[c % window.length];
    }

    /** s = the sum of the rows in the window of channel c. */
    void sum(int c, int from, int to) {
      int first = Math.max(0, c - half());
      int last = Math.min(channels - 1, c + half());
      if (last - first == 4) {
        addFive(row(first), row(first + 1), row(first + 2), row(first + 3), row(last), s, from, to);
        return;
      }
      Arrays.fill(s, from, to, 0f);
      for (int j = first; j <= last; j++) {
        add(row(j), s, from, to);
      }
    }
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    NDArray y = pass.output(this, outputShape(x.shape()));
    Blocks blocks = Blocks.of(x.shape());
    float[] scale = pass.isTraining() ? pass.scratch(this, x.size()) : null;
    Work work = new Work(blocks, pass);
    Kernels.parallel(blocks.tasks(), task -> forward(blocks, task, x, work, scale, y));
    pass.keep(this, x);
    return y;
  }

  private void forward(Blocks blocks, int task, NDArray x, Work work, float[] scale, NDArray y) {
    int count = blocks.count(task);
    int from = work.from(task);
    int to = from + count;
    for (int ahead = 0; ahead < blocks.channels + half(); ahead++) {
      if (ahead < blocks.channels) {
        float[] row = work.row(ahead);
        System.arraycopy(x.data(), x.offset() + blocks.at(task, ahead), row, from, count);
        square(row, from, to);
      }
      int c = ahead - half(); // all of its window is there
      if (c >= 0) {
        int at = blocks.at(task, c);
        work.sum(c, from, to);
        map((float) spec.alpha, (float) spec.k, work.s, from, to);
        if (scale != null) {
          System.arraycopy(work.s, from, scale, at, count);
        }
        System.arraycopy(x.data(), x.offset() + at, work.x, from, count);
        if (spec.beta == 0.75) {
          divide(work.x, work.s, from, to);
        } else {
          dividePower(work.x, work.s, spec.beta, from, to);
        }
        System.arraycopy(work.x, from, y.data(), y.offset() + at, count);
      }
    }
  }

  /**
   * With t_j = dy_j x_j / s_j^(beta + 1): {@code dx_c = dy_c / s_c^beta - 2 alpha beta x_c
   * sum(t_j)} over the same window, for j is in the window of c whenever c is in that of j.
   */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    NDArray x = pass.kept(this);
    Check.sameShape(name, "dy", x.shape(), dy.shape());
    NDArray dx = pass.gradient(this, x.shape());
    Blocks blocks = Blocks.of(x.shape());
    float[] scale = pass.scratch(this, x.size());
    Work work = new Work(blocks, pass);
    Kernels.parallel(blocks.tasks(), task -> backward(blocks, task, dy, x, work, scale, dx));
    return dx;
  }

  private void backward(
      Blocks blocks, int task, NDArray dy, NDArray x, Work work, float[] scale, NDArray dx) {
    int count = blocks.count(task);
    int from = work.from(task);
    int to = from + count;
    for (int ahead = 0; ahead < blocks.channels + half(); ahead++) {
      if (ahead < blocks.channels) {
        int at = blocks.at(task, ahead);
        System.arraycopy(dy.data(), dy.offset() + at, work.d, from, count);
        System.arraycopy(x.data(), x.offset() + at, work.x, from, count);
        System.arraycopy(scale, at, work.s, from, count);
        if (spec.beta == 0.75) {
          spread(work.d, work.x, work.s, work.row(ahead), from, to);
        } else {
          spreadPower(work.d, work.x, work.s, spec.beta, work.row(ahead), from, to);
        }
        System.arraycopy(work.d, from, dx.data(), dx.offset() + at, count);
      }
      int c = ahead - half();
      if (c >= 0) {
        int at = blocks.at(task, c);
        work.sum(c, from, to);
        System.arraycopy(x.data(), x.offset() + at, work.x, from, count);
        System.arraycopy(dx.data(), dx.offset() + at, work.d, from, count);
        addProducts((float) (-2 * spec.alpha * spec.beta), work.x, work.s, work.d, from, to);
        System.arraycopy(work.d, from, dx.data(), dx.offset() + at, count);
      }
    }
  }

  private static void square(float[] row, int from, int to) {
    for (int i = from; i < to; i++) {
      row[i] *= row[i];
    }
  }

  private static void add(float[] row, float[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      s[i] += row[i];
    }
  }

  /** The usual window at once, which saves storing and loading the sums. */
  private static void addFive(
      float[] a, float[] b, float[] c, float[] d, float[] e, float[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      s[i] = a[i] + b[i] + c[i] + d[i] + e[i];
    }
  }

  /** s = factor s + addend. */
  private static void map(float factor, float addend, float[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      s[i] = factor * s[i] + addend;
    }
  }

  /** x = x / s^0.75. */
  private static void divide(float[] x, float[] s, int from, int to) {
    for (int i = from; i < to; i++) {
      float root = (float) Math.sqrt(s[i]);
      x[i] = x[i] / (root * (float) Math.sqrt(root));
    }
  }

  /** x = x / s^beta. */
  private static void dividePower(float[] x, float[] s, double beta, int from, int to) {
    for (int i = from; i < to; i++) {
      x[i] *= (float) Math.pow(s[i], -beta);
    }
  }

  /** From d = dy to d = dy / s^0.75, and t = d x / s. */
  private static void spread(float[] d, float[] x, float[] s, float[] t, int from, int to) {
    for (int i = from; i < to; i++) {
      float root = (float) Math.sqrt(s[i]);
      float power = 1f / (root * (float) Math.sqrt(root)); // s^-0.75, and its square s^-1.5
      float product = d[i] * power;
      d[i] = product;
      t[i] = product * x[i] * (power * power * root);
    }
  }

  /** From d = dy to d = dy / s^beta, and t = d x / s. */
  private static void spreadPower(
      float[] d, float[] x, float[] s, double beta, float[] t, int from, int to) {
    for (int i = from; i < to; i++) {
      float product = d[i] * (float) Math.pow(s[i], -beta);
      d[i] = product;
      t[i] = product * x[i] / s[i];
    }
  }

  /** d += factor x s. */
  private static void addProducts(float factor, float[] x, float[] s, float[] d, int from, int to) {
    for (int i = from; i < to; i++) {
      d[i] += factor * x[i] * s[i];
    }
  }

  /** Channels of a window on each side of that in the middle. */
  private int half() {
    return spec.size / 2;
  }

  @Override
  public String toString() {
    return name + " " + spec.size;
  }

  /** Describes a {@link LocalResponseNormalization}; made by {@link Layers#localResponseNorm}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "localResponseNorm";

    /** Windows wider than this are a mistake: networks take 5. */
    private static final int LARGEST = 999;

    private final int size;
    private final double alpha;
    private final double beta;
    private final double k;

    /** Creates a spec with the numbers of the paper. */
    Spec() {
      this(5, 1e-4, 0.75, 2);
    }

    private Spec(int size, double alpha, double beta, double k) {
      this(KIND, size, alpha, beta, k);
    }

    /** Checks the settings; error texts begin with the name. */
    private Spec(String name, int size, double alpha, double beta, double k) {
      super(KIND);
      if (size < 1 || size > LARGEST || size % 2 == 0) {
        throw new IllegalArgumentException(
            name + ": expected an odd size from 1 to " + LARGEST + ", got " + size);
      }
      this.size = size;
      this.alpha = Check.positive(name, "an alpha", alpha);
      this.beta = Check.positive(name, "a beta", beta);
      this.k = Check.positive(name, "a k", k);
    }

    /**
     * Returns the same spec with another window.
     *
     * @param channels channels of a window, odd, from 1 to 999
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec size(int channels) {
      return new Spec(channels, alpha, beta, k);
    }

    /**
     * Returns the same spec with another alpha.
     *
     * @param factor factor of the sum of squares, above 0 and finite: PyTorch's alpha divided by
     *     the size
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec alpha(double factor) {
      return new Spec(size, factor, beta, k);
    }

    /**
     * Returns the same spec with another beta.
     *
     * @param exponent exponent of the scale, above 0 and finite; 0.75 is fast
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec beta(double exponent) {
      return new Spec(size, alpha, exponent, k);
    }

    /**
     * Returns the same spec with another k.
     *
     * @param addend what is added to the sum, above 0 and finite
     * @return a new spec
     * @throws IllegalArgumentException if the number is out of range
     */
    public Spec k(double addend) {
      return new Spec(size, alpha, beta, addend);
    }

    static Spec of(SpecSettings s) {
      return new Spec(s.integer("size"), s.number("alpha"), s.number("beta"), s.number("k"));
    }

    @Override
    public Map<String, Object> settings() {
      return new SpecSettings(KIND)
          .with("size", size)
          .with("alpha", alpha)
          .with("beta", beta)
          .with("k", k)
          .toMap();
    }

    @Override
    public LocalResponseNormalization build(String name, Shape input, RandomGenerator random) {
      Check.rank(name, "an input", 3, "(C, H, W)", input);
      return new LocalResponseNormalization(name, this);
    }
  }
}
