package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;

/**
 * A layer made of chains of layers, each of which reads the input of the composite.
 *
 * <p>An inner layer may return its input itself or a view of it, and so may an empty chain. A
 * composite therefore writes only to its own memory in the pass, never to what a chain returns.
 */
abstract class Composite implements Layer {
  private final String name;
  private final List<Chain> chains;
  private final List<Parameter> parameters;
  private final List<Parameter> buffers;

  Composite(String name, List<Chain> chains) {
    this.name = name;
    this.chains = List.copyOf(chains);
    LayerTree.requireDistinct(name, this.chains);
    this.parameters =
        LayerTree.distinct(chains.stream().flatMap(c -> c.parameters().stream()).toList());
    this.buffers = LayerTree.distinct(chains.stream().flatMap(c -> c.buffers().stream()).toList());
  }

  @Override
  public final String name() {
    return name;
  }

  /** Returns the chains in order. */
  final List<Chain> chains() {
    return chains;
  }

  /**
   * Returns the layers of each branch, which reads the input of this layer.
   *
   * @return an unmodifiable list of unmodifiable lists, in the order of the spec's settings; a
   *     branch without layers is the identity
   */
  public final List<List<Layer>> branches() {
    return chains.stream().map(Chain::layers).toList();
  }

  @Override
  public final List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public final List<Parameter> buffers() {
    return buffers;
  }

  @Override
  public final long multiplyAdds(Shape input) {
    long sum = 0;
    for (Chain chain : chains) {
      sum += chain.multiplyAdds(input);
    }
    return sum;
  }

  @Override
  public final int smallestBatch(Shape input) {
    return chains.stream().mapToInt(chain -> chain.smallestBatch(input)).max().orElse(1);
  }

  /** Checks that dy has the shape of the output, which forward kept. */
  final void check(NDArray dy, Pass pass) {
    Check.sameShape(name, "dy", pass.kept(this).shape(), dy.shape());
  }

  /** Writes a + b to sum, which may be a. */
  static void add(NDArray a, NDArray b, NDArray sum) {
    Kernels.active().add(sum.size(), a.data(), b.data(), sum.data());
  }

  @Override
  public String toString() {
    return name + " " + chains;
  }
}
