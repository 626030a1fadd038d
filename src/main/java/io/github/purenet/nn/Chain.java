package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A sequence of layers, each of which computes on the output of the one before: the layers of a
 * {@link Network} or of a branch in a {@link Composite}. A chain without layers is the identity,
 * which returns its input itself.
 */
final class Chain {
  private final List<Layer> layers;

  /** The layers as they are computed: consecutive layers that one kernel can run are one stage. */
  private final List<Layer> stages;

  private final List<Parameter> parameters;
  private final List<Parameter> buffers;

  Chain(List<Layer> layers) {
    this.layers = List.copyOf(layers);
    this.stages = FusedConvolution.fuse(this.layers);
    this.parameters =
        LayerTree.distinct(layers.stream().flatMap(l -> l.parameters().stream()).toList());
    this.buffers = LayerTree.distinct(layers.stream().flatMap(l -> l.buffers().stream()).toList());
  }

  /**
   * Builds each layer for the output of the one before. The name of a layer is the prefix, its kind
   * and its number among the layers of that kind: {@code conv1, relu1, conv2}.
   *
   * @param prefix the beginning of each name
   * @param input the shape of one sample
   * @param random the generator from which the initial parameters are drawn
   * @param specs the layers in order
   * @throws IllegalArgumentException if a layer does not fit; the message names the layer and the
   *     shapes
   */
  static Chain build(String prefix, Shape input, RandomGenerator random, List<LayerSpec> specs) {
    List<Layer> built = new ArrayList<>();
    Shape shape = input.prepend(1);
    for (LayerSpec spec : specs) {
      Layer layer = buildNext(prefix, built, shape, random, spec);
      shape = layer.outputShape(shape);
      built.add(layer);
    }
    return new Chain(built);
  }

  /** Returns a chain of the same layers except the last, which is built from a spec. */
  Chain replaceLast(String prefix, Shape input, RandomGenerator random, LayerSpec spec) {
    Chain kept = new Chain(layers.subList(0, layers.size() - 1));
    Shape shape = kept.outputShape(input.prepend(1));
    Layer last = buildNext(prefix, kept.layers, shape, random, spec);
    last.outputShape(shape);
    List<Layer> all = new ArrayList<>(kept.layers);
    all.add(last);
    return new Chain(all);
  }

  private static Layer buildNext(
      String prefix, List<Layer> before, Shape input, RandomGenerator random, LayerSpec spec) {
    Pattern sameKind = Pattern.compile(Pattern.quote(prefix + spec.kind()) + "\\d+");
    long count = before.stream().filter(l -> sameKind.matcher(l.name()).matches()).count();
    return spec.build(prefix + spec.kind() + (count + 1), input.dropFirst(), random);
  }

  List<Layer> layers() {
    return layers;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  List<Parameter> buffers() {
    return buffers;
  }

  Shape outputShape(Shape input) {
    Shape shape = input;
    for (Layer layer : layers) {
      shape = layer.outputShape(shape);
    }
    return shape;
  }

  long multiplyAdds(Shape input) {
    long sum = 0;
    Shape shape = input;
    for (Layer layer : layers) {
      sum += layer.multiplyAdds(shape);
      shape = layer.outputShape(shape);
    }
    return sum;
  }

  int smallestBatch(Shape input) {
    int smallest = 1;
    Shape shape = input;
    for (Layer layer : layers) {
      smallest = Math.max(smallest, layer.smallestBatch(shape));
      shape = layer.outputShape(shape);
    }
    return smallest;
  }

  NDArray forward(NDArray x, Pass pass) {
    Trace trace = pass.trace();
    NDArray y = x;
    for (Layer stage : stages(trace)) {
      y = stage.forward(y, pass);
      if (trace != null) {
        trace.forward(stage, y);
      }
    }
    return y;
  }

  /** Returns the layers as they are computed: one by one where each is written down. */
  private List<Layer> stages(Trace trace) {
    return trace == null ? stages : layers;
  }

  NDArray backward(NDArray dy, Pass pass) {
    return pass.trace() == null ? backward(dy, pass, 0) : backward(dy, pass, pass.trace());
  }

  private NDArray backward(NDArray dy, Pass pass, Trace trace) {
    NDArray dx = dy;
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      if (trace.reaches(layer)) {
        dx = layer.backward(trace.backward(layer, dx), pass);
      }
    }
    return dx;
  }

  /** Goes back only as far as the first layer that has something to learn. */
  void backwardParameters(NDArray dy, Pass pass) {
    int first = 0;
    while (first < stages.size() && learnsNothing(stages.get(first))) {
      first++;
    }
    if (first < stages.size()) {
      stages.get(first).backwardParameters(backward(dy, pass, first + 1), pass);
    }
  }

  /** Goes back through the stages from the last to {@code first}. */
  private NDArray backward(NDArray dy, Pass pass, int first) {
    NDArray dx = dy;
    for (int i = stages.size() - 1; i >= first; i--) {
      dx = stages.get(i).backward(dx, pass);
    }
    return dx;
  }

  private static boolean learnsNothing(Layer layer) {
    return layer.parameters().stream().allMatch(Parameter::isFrozen) && layer.buffers().isEmpty();
  }

  @Override
  public String toString() {
    return layers.toString();
  }
}
