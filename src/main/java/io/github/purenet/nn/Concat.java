package io.github.purenet.nn;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A layer that joins the outputs of branches along the channel axis. Each branch reads x; y holds
 * the channels of the first branch, then those of the second, and so on. A branch without layers is
 * the identity.
 *
 * <p>Shapes: x is (N, ...), of any rank that the layers accept. If branch i computes (N, C_i, H,
 * W), y is (N, sum of C_i, H, W); if it computes (N, D_i), y is (N, sum of D_i).
 *
 * <p>Source: Szegedy et al. 2015, <i>Going Deeper with Convolutions</i>, section 4 (the inception
 * module).
 */
public final class Concat extends Composite {

  /**
   * Creates a layer that joins branches of the given layers, which keep their names.
   *
   * @param branches the layers of each branch in order, at least one branch
   * @throws IllegalArgumentException if there is no branch, or if one layer object occurs twice;
   *     the message names it
   */
  public Concat(List<List<Layer>> branches) {
    this("Concat", branches.stream().map(Chain::new).toList());
  }

  Concat(String name, List<Chain> branches) {
    super(name, branches);
    requireBranch(name, branches);
  }

  static void requireBranch(String name, List<?> branches) {
    if (branches.isEmpty()) {
      throw new IllegalArgumentException(name + ": expected at least one branch, got none");
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    List<Shape> shapes = new ArrayList<>();
    for (Chain branch : chains()) {
      shapes.add(branch.outputShape(input));
    }
    return joined(shapes);
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    List<NDArray> parts = new ArrayList<>(chains().size());
    List<Shape> shapes = new ArrayList<>(chains().size());
    for (Chain branch : chains()) {
      NDArray part = branch.forward(x, pass);
      parts.add(part);
      shapes.add(part.shape());
      pass.keep(branch, this, part); // for its shape
    }
    NDArray y = pass.output(this, joined(shapes), x);
    int column = 0;
    for (NDArray part : parts) {
      int width = sampleSize(part);
      copyColumns(part, 0, y, column, width);
      column += width;
    }
    pass.keep(this, y);
    return y;
  }

  /** Adds to the gradients of the inner layers, and computes dx, the sum over the branches. */
  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    check(dy, pass);
    NDArray sum = null;
    int column = 0;
    for (Chain branch : chains()) {
      NDArray part = part(branch, dy, column, pass);
      column += sampleSize(part);
      NDArray dx = branch.backward(part, pass);
      if (sum == null) {
        sum = dx;
      } else {
        NDArray next = pass.gradient(this, dx.shape());
        add(sum, dx, next);
        sum = next;
      }
    }
    return sum;
  }

  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    check(dy, pass);
    int column = 0;
    for (Chain branch : chains()) {
      NDArray part = part(branch, dy, column, pass);
      column += sampleSize(part);
      branch.backwardParameters(part, pass);
    }
  }

  /** Copies the part of dy that belongs to a branch to the memory of the branch in the pass. */
  private NDArray part(Chain branch, NDArray dy, int column, Pass pass) {
    NDArray part = pass.gradient(branch, pass.kept(branch, name()).shape());
    copyColumns(dy, column, part, 0, sampleSize(part));
    return part;
  }

  /** Returns the number of elements of one sample; those of one branch are adjacent in it. */
  private static int sampleSize(NDArray a) {
    int n = a.dimension(0);
    return n == 0 ? 0 : a.size() / n;
  }

  /** Copies columns between matrices whose rows are the samples. */
  private static void copyColumns(NDArray from, int fromColumn, NDArray to, int toColumn, int w) {
    int fromWidth = sampleSize(from);
    int toWidth = sampleSize(to);
    Tasks.parallelRows(
        from.dimension(0),
        w,
        (first, end) -> {
          for (int i = first; i < end; i++) {
            int source = i * fromWidth + fromColumn;
            System.arraycopy(from.data(), source, to.data(), i * toWidth + toColumn, w);
          }
        });
  }

  private Shape joined(List<Shape> shapes) {
    Shape first = shapes.get(0);
    long channels = 0;
    for (int i = 0; i < shapes.size(); i++) {
      Shape shape = shapes.get(i);
      if (!joins(first, shape)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: expected branches whose outputs (N, C, ...) differ only in C, got %s of"
                    + " branch 1 and %s of branch %s",
                name(),
                first,
                shape,
                i + 1));
      }
      channels += shape.dimension(1);
    }
    int[] joined = first.toArray();
    joined[1] = (int) Math.min(channels, Integer.MAX_VALUE);
    return Check.output(name(), first, joined);
  }

  private static boolean joins(Shape first, Shape other) {
    if (other.rank() < 2 || other.rank() != first.rank()) {
      return false;
    }
    for (int axis = 0; axis < first.rank(); axis++) {
      if (axis != 1 && first.dimension(axis) != other.dimension(axis)) {
        return false;
      }
    }
    return true;
  }

  /** A spec of a {@link Concat} layer, returned by {@link Layers#concat}. */
  public static final class Spec extends AbstractSpec {
    private static final String KIND = "concat";

    private final List<List<LayerSpec>> branches;

    Spec(List<List<LayerSpec>> branches) {
      super(KIND);
      this.branches = branches.stream().map(List::copyOf).toList();
      requireBranch(KIND, branches);
    }

    @Override
    Object content() {
      return branches;
    }

    static Spec of(Settings s) {
      List<List<LayerSpec>> branches = new ArrayList<>();
      int count = s.integer("branches");
      for (int i = 0; i < count; i++) {
        branches.add(s.specs(key(i)));
      }
      return new Spec(branches);
    }

    /** Returns the number of branches, and each branch as a setting of its own. */
    @Override
    public Map<String, Object> settings() {
      Settings settings = new Settings(KIND).with("branches", branches.size());
      for (int i = 0; i < branches.size(); i++) {
        settings.withLayers(key(i), branches.get(i));
      }
      return settings.toMap();
    }

    private static String key(int i) {
      return "branch" + (i + 1);
    }

    /** Builds the layers, whose names are {@code name.branch1.conv1} and so on. */
    @Override
    public Concat build(String name, Shape input, RandomGenerator random) {
      List<Chain> chains = new ArrayList<>();
      for (int i = 0; i < branches.size(); i++) {
        chains.add(Chain.build(name + "." + key(i) + ".", input, random, branches.get(i)));
      }
      Concat concat = new Concat(name, chains);
      concat.outputShape(input.prepend(1));
      return concat;
    }
  }
}
