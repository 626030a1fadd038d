package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The receptive field of one position of a layer: the part of the input that its numbers depend on,
 * a rectangle of rows and columns in all channels. It follows from the layers alone, not from their
 * parameters, and has no padding in it. Of several branches it is the smallest rectangle around all
 * of them. A layer that is not of this library counts as one that reads all positions.
 *
 * @param top the first row
 * @param left the first column
 * @param height the number of rows; 0 if the position sees nothing but padding
 * @param width the number of columns; 0 if the position sees nothing but padding
 */
public record ReceptiveField(int top, int left, int height, int width) {

  /**
   * Returns the receptive field of a position.
   *
   * @param network a network whose inputs are images (C, H, W)
   * @param layer the name of a layer, for example {@code conv2} or {@code residual1.conv1}
   * @param row the row in the output of the layer; 0 if that is (N, D)
   * @param column the column in the output of the layer; 0 if that is (N, D)
   * @return the part of the image
   * @throws IllegalArgumentException if the inputs are no images, or there is no such layer or
   *     position
   */
  public static ReceptiveField of(Network network, String layer, int row, int column) {
    Shape input = network.inputShape();
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "network: expected images (C, H, W) for a receptive field, got samples of " + input);
    }
    Map<String, Layer> named = LayerTree.named(network.layers());
    Layer end = named.get(layer);
    if (end == null) {
      throw LayerTree.unknown(layer, named);
    }
    Span span = locate(network.layers(), input.prepend(1), end, row, column).orElseThrow();
    return new ReceptiveField(
        span.top, span.left, span.bottom - span.top + 1, span.right - span.left + 1);
  }

  /** Returns what a position of a layer sees of the input of the layers, if it is one of them. */
  private static Optional<Span> locate(
      List<Layer> layers, Shape input, Layer end, int row, int column) {
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      Optional<Span> span = Optional.empty();
      if (layer == end) {
        span = Optional.of(seen(layer, shape, position(layer, shape, row, column)));
      } else {
        for (List<Layer> inner : branches(layer)) {
          span = span.isPresent() ? span : locate(inner, shape, end, row, column);
        }
      }
      if (span.isPresent()) {
        return Optional.of(seen(layers.subList(0, i), input, span.get()));
      }
      shape = layer.outputShape(shape);
    }
    return Optional.empty();
  }

  private static Span position(Layer layer, Shape input, int row, int column) {
    Shape y = layer.outputShape(input);
    Span all = Span.all(y);
    if (row < 0 || row > all.bottom || column < 0 || column > all.right) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected a position from (0, 0) to (%d, %d), got (%d, %d) in %s",
              layer.name(),
              all.bottom,
              all.right,
              row,
              column,
              y.dropFirst()));
    }
    return new Span(row, column, row, column);
  }

  /** Returns what a part of the output of layers sees of their input. */
  private static Span seen(List<Layer> layers, Shape input, Span output) {
    if (layers.isEmpty()) {
      return output;
    }
    int last = layers.size() - 1;
    Shape shape = input;
    for (Layer layer : layers.subList(0, last)) {
      shape = layer.outputShape(shape);
    }
    return seen(layers.subList(0, last), input, seen(layers.get(last), shape, output));
  }

  /** Returns what a part of the output of a layer sees of its input. */
  private static Span seen(Layer layer, Shape input, Span output) {
    if (output.isEmpty() || keepsPositions(layer)) {
      return output;
    }
    if (layer instanceof Convolution convolution) {
      return seen(convolution.geometry(input), output);
    }
    if (layer instanceof Pooling pooling) {
      return seen(pooling.geometry(input), output);
    }
    if (layer instanceof AveragePooling pooling) {
      return seen(pooling.geometry(input), output);
    }
    return branches(layer).stream()
        .map(branch -> seen(branch, input, output))
        .reduce(Span::around)
        .orElseGet(() -> Span.all(input));
  }

  private static Span seen(ConvGeometry g, Span output) {
    Window w = g.window();
    int[] rows = new int[] {g.h(), -1};
    int[] columns = new int[] {g.w(), -1};
    for (int i = 0; i < w.fh(); i++) {
      int shift = i * w.dilationH() - w.pad().top();
      widen(rows, output.top, output.bottom, w.strideH(), shift, g.h());
    }
    for (int j = 0; j < w.fw(); j++) {
      int shift = j * w.dilationW() - w.pad().left();
      widen(columns, output.left, output.right, w.strideW(), shift, g.w());
    }
    Span span = new Span(rows[0], columns[0], rows[1], columns[1]);
    return span.isEmpty() ? Span.EMPTY : span;
  }

  /** Widens a span to those of the positions {@code stride i + shift} that are in the image. */
  private static void widen(int[] span, int first, int last, int stride, int shift, int size) {
    for (int i = first; i <= last; i++) {
      int at = i * stride + shift;
      if (at >= 0 && at < size) {
        span[0] = Math.min(span[0], at);
        span[1] = Math.max(span[1], at);
      }
    }
  }

  private static boolean keepsPositions(Layer layer) {
    return layer instanceof Elementwise
        || layer instanceof Relu
        || layer instanceof Dropout
        || layer instanceof BatchNormalization
        || layer instanceof LocalResponseNormalization;
  }

  /** Returns the chains inside a layer, which all read its input; none for most layers. */
  private static List<List<Layer>> branches(Layer layer) {
    if (layer instanceof Network network) {
      return List.of(network.layers());
    }
    return layer instanceof Composite composite
        ? composite.chains().stream().map(Chain::layers).toList()
        : List.of();
  }

  /** Rows and columns from the first to the last; of what is no image, a single position. */
  private record Span(int top, int left, int bottom, int right) {
    static final Span EMPTY = new Span(0, 0, -1, -1);

    static Span all(Shape batch) {
      boolean images = batch.rank() == 4;
      return new Span(
          0, 0, images ? batch.dimension(2) - 1 : 0, images ? batch.dimension(3) - 1 : 0);
    }

    boolean isEmpty() {
      return top > bottom || left > right;
    }

    Span around(Span other) {
      if (isEmpty() || other.isEmpty()) {
        return isEmpty() ? other : this;
      }
      return new Span(
          Math.min(top, other.top),
          Math.min(left, other.left),
          Math.max(bottom, other.bottom),
          Math.max(right, other.right));
    }
  }
}
