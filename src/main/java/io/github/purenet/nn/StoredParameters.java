package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The arrays of a file in place of the random numbers from which layers are built. What a file
 * claims a layer to be can therefore not take more memory than the arrays that come with it.
 */
final class StoredParameters implements RandomGenerator {
  private final Map<String, NDArray> arrays;
  private final Map<String, Long> seeds;
  private final Set<String> taken = new HashSet<>();

  /** For layers that do not ask for arrays; their parameters are set afterwards. */
  private final Random random = new Random(0);

  /** Creates a source of the arrays of a file by their names there, and of seeds by layer. */
  StoredParameters(Map<String, NDArray> arrays, Map<String, Long> seeds) {
    this.arrays = arrays;
    this.seeds = seeds;
  }

  /**
   * Returns the initial value of a parameter of the library: from the file, or else created.
   *
   * @param random the generator from which the layer is built
   * @param name the name of the parameter
   * @param shape its shape
   * @param layout how it lies in a file
   * @param create creates its value
   * @return memory that nobody else has
   * @throws IllegalArgumentException if the file has no such array, or one of another shape
   */
  static NDArray initial(
      RandomGenerator random,
      String name,
      Shape shape,
      FileLayout layout,
      Supplier<NDArray> create) {
    return random instanceof StoredParameters stored
        ? stored.take(name, shape, layout)
        : create.get();
  }

  /** Returns the initial value of a parameter that begins with zeros, as {@link #initial} does. */
  static NDArray zeros(RandomGenerator random, String name, Shape shape) {
    return initial(random, name, shape, FileLayout.SAME, () -> NDArray.zeros(shape));
  }

  /** Returns the initial value of a parameter that begins with ones, as {@link #initial} does. */
  static NDArray ones(RandomGenerator random, String name, Shape shape) {
    return initial(random, name, shape, FileLayout.SAME, () -> NDArray.ones(shape));
  }

  /** Returns the seed of a layer: from the file, or else the next one. */
  static long seed(RandomGenerator random, String layer) {
    long next = random.nextLong();
    return random instanceof StoredParameters stored
        ? stored.seeds.getOrDefault(layer, next)
        : next;
  }

  /** A layer inside one that is not of the library has its own names and layouts in the file. */
  private NDArray take(String name, Shape shape, FileLayout layout) {
    boolean own = arrays.containsKey(name);
    String inFile = own ? name : ParameterNames.inFile(name);
    NDArray array = arrays.get(inFile);
    Shape expected = own ? shape : layout.of(shape);
    if (array == null || !array.shape().equals(expected)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected an array of %s, got %s",
              inFile,
              expected,
              array == null ? "none" : array.shape()));
    }
    taken.add(inFile);
    return own ? array : layout.convert(array);
  }

  /** Returns the names of the arrays in the file that layers have taken over. */
  Set<String> taken() {
    return taken;
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }
}
