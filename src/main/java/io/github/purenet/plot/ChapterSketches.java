package io.github.purenet.plot;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;

import io.github.purenet.model.AlexNet;
import io.github.purenet.model.LeNet;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.Im2col;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Convolution;
import io.github.purenet.nn.LayerSpec;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Pooling;
import io.github.purenet.plot.Cells.Marks;
import java.util.List;

/** The figures of the chapter that need no training: what the layers compute, and networks. */
final class ChapterSketches {
  private static final String TIMES = "\u229b"; // a star in a circle, the convolution of the book

  private static final NDArray IMAGE =
      NDArray.of(Shape.of(4, 5), 0, 0, 5, 5, 5, 0, 0, 5, 5, 5, 0, 0, 5, 5, 5, 0, 0, 0, 5, 5);
  private static final NDArray FILTER = NDArray.of(Shape.of(3, 3), -1, 0, 1, -1, 0, 1, -1, 0, 1);

  private ChapterSketches() {}

  /** Returns the figures of sections 7.1 to 7.4, and that of the network of 7.5. */
  static List<ChapterFigure> layers() {
    return List.of(
        new ChapterFigure(
            "affine-network",
            "7.1",
            "A network of affine layers",
            "Every number of an image is connected with every unit. The image is one long row:"
                + " which pixels are neighbors is lost.",
            theme -> diagram(network(affine(50), relu(), affine(50), relu(), affine(10)), theme)),
        new ChapterFigure(
            "convolutional-network",
            "7.1",
            "A convolutional network",
            "Convolution, Relu and pooling come first and keep the image an image; affine layers"
                + " judge what they find.",
            theme ->
                diagram(
                    network(
                        conv(16, 5),
                        relu(),
                        maxPool(2),
                        conv(32, 5),
                        relu(),
                        maxPool(2),
                        affine(50),
                        relu(),
                        affine(10)),
                    theme)),
        new ChapterFigure(
            "convolution",
            "7.2.2",
            "A convolution",
            "The filter is laid on a window of the image; the products are summed, and the window"
                + " moves on. This filter answers where it becomes brighter from left to right.",
            ChapterSketches::convolution),
        new ChapterFigure(
            "bias",
            "7.2.2",
            "A convolution with a bias",
            "One number is added to all that a filter gives.",
            ChapterSketches::bias),
        new ChapterFigure(
            "padding",
            "7.2.3",
            "Padding",
            "Zeros around the image let the output keep its size.",
            ChapterSketches::padding),
        new ChapterFigure(
            "stride",
            "7.2.4",
            "Stride",
            "With a stride of 2 the window moves by two pixels, and the output has half the size.",
            ChapterSketches::stride),
        new ChapterFigure(
            "channels",
            "7.2.5",
            "Three channels",
            "A filter has as many channels as the image. Each is multiplied with its own, and all"
                + " products make one sum.",
            ChapterSketches::channels),
        new ChapterFigure(
            "blocks",
            "7.2.6",
            "Many filters",
            "Each filter gives one channel of the output; each has a bias.",
            ChapterSketches::blocks),
        new ChapterFigure(
            "batch",
            "7.2.7",
            "A batch",
            "Images are put through together, so that arrays have four axes.",
            ChapterSketches::batch),
        new ChapterFigure(
            "max-pooling",
            "7.3",
            "Max pooling",
            "Each window of 2 by 2 becomes its largest number.",
            ChapterSketches::pooling),
        new ChapterFigure(
            "pooling-shift",
            "7.3.1",
            "A small shift",
            "The image below is moved by one pixel to the right. Where the largest number stays in"
                + " the window, the output stays, too.",
            ChapterSketches::shift),
        new ChapterFigure(
            "im2col",
            "7.4.2",
            "im2col",
            "Each window becomes a row, so that the convolution is one product of matrices. Where"
                + " windows overlap, numbers are copied.",
            ChapterSketches::im2col),
        new ChapterFigure(
            "pooling-rows",
            "7.4.4",
            "Pooling by im2col",
            "The windows become rows, of which each has its largest number in the output.",
            ChapterSketches::poolingRows),
        new ChapterFigure(
            "simple-convnet",
            "7.5",
            "SimpleConvNet",
            "The network that is trained below.",
            theme -> diagram(SimpleConvNet.of(0), theme)));
  }

  /** Returns the figures of section 7.7. */
  static List<ChapterFigure> famous() {
    Network large = AlexNet.of(0); // once for all themes: it has 61 million parameters
    return List.of(
        new ChapterFigure(
            "lenet",
            "7.7.1",
            "LeNet",
            "The network of 1998 that read digits on checks, with today's layers.",
            theme -> diagram(LeNet.of(0), theme)),
        new ChapterFigure(
            "alexnet",
            "7.7.2",
            "AlexNet",
            "The network of 2012: larger, with Relu, dropout and local response normalization.",
            theme -> diagram(large, theme)));
  }

  private static Network network(LayerSpec... specs) {
    return Network.of(Shape.of(1, 28, 28), 0, specs);
  }

  private static Figure diagram(Network network, Theme theme) {
    return NetworkDiagram.builder(network).theme(theme).build();
  }

  private static NDArray convolve(NDArray image, NDArray filter, float bias, int stride, int pad) {
    NDArray y =
        new Convolution(filter.reshape(1, 1, 3, 3), NDArray.of(bias), stride, pad)
            .forward(image.reshape(1, 1, image.dimension(0), image.dimension(1)));
    return y.reshape(y.dimension(2), y.dimension(3));
  }

  private static Figure convolution(Theme theme) {
    NDArray output = convolve(IMAGE, FILTER, 0, 1, 0);
    Sketch.Builder sketch = new Sketch.Builder().theme(theme);
    for (int k = 0; k < 6; k++) { // two steps in a row
      int i = k / 3;
      int j = k % 3;
      sketch
          .matrix("image", IMAGE, Marks.window(i, j, 3, 3))
          .sign(TIMES)
          .matrix("filter", FILTER)
          .sign("=")
          .matrix("output", output, Marks.window(i, j, 1, 1));
      if (k % 2 == 0) {
        sketch.sign("    ");
      } else if (k < 5) {
        sketch.nextRow();
      }
    }
    return sketch.build();
  }

  private static Figure bias(Theme theme) {
    NDArray output = convolve(IMAGE, FILTER, 0, 1, 0);
    return new Sketch.Builder()
        .theme(theme)
        .matrix("image", IMAGE)
        .sign(TIMES)
        .matrix("filter", FILTER)
        .sign("=")
        .matrix("", output)
        .sign("+")
        .matrix("bias", NDArray.of(Shape.of(1, 1), 3))
        .sign("=")
        .matrix("output", output.add(3f))
        .build();
  }

  private static Figure padding(Theme theme) {
    NDArray padded = NDArray.zeros(6, 7);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 5; j++) {
        padded.set(IMAGE.get(i, j), i + 1, j + 1);
      }
    }
    return new Sketch.Builder()
        .theme(theme)
        .matrix("image (4, 5), pad 1", padded, (i, j) -> 1 - inside(i, j))
        .sign(TIMES)
        .matrix("filter (3, 3)", FILTER)
        .sign("=")
        .matrix("output (4, 5)", convolve(IMAGE, FILTER, 0, 1, 1))
        .build();
  }

  private static int inside(int i, int j) {
    return i >= 1 && i <= 4 && j >= 1 && j <= 5 ? 1 : 0;
  }

  private static Figure stride(Theme theme) {
    NDArray image = NDArray.zeros(7, 7);
    for (int i = 0; i < 49; i++) {
      image.set(i % 4 == 0 ? i % 5 : (i * i) % 4, i / 7, i % 7);
    }
    NDArray output = convolve(image, FILTER, 0, 2, 0);
    Sketch.Builder sketch = new Sketch.Builder().theme(theme);
    for (int j = 0; j < 2; j++) {
      sketch
          .matrix("image (7, 7)", image, Marks.window(0, 2 * j, 3, 3))
          .sign(TIMES)
          .matrix("filter (3, 3)", FILTER)
          .sign("=")
          .matrix("output (3, 3), stride 2", output, Marks.window(0, j, 1, 1));
      if (j == 0) {
        sketch.nextRow();
      }
    }
    return sketch.build();
  }

  private static Figure channels(Theme theme) {
    NDArray image = NDArray.zeros(3, 4, 4);
    NDArray filter = NDArray.zeros(3, 3, 3);
    for (int i = 0; i < 48; i++) {
      image.set(i * i / 3 % 5, i / 16, i / 4 % 4, i % 4);
    }
    for (int i = 0; i < 27; i++) {
      filter.set(i * i / 2 % 3, i / 9, i / 3 % 3, i % 3);
    }
    NDArray output =
        new Convolution(filter.reshape(1, 3, 3, 3), NDArray.of(0), 1, 0)
            .forward(image.reshape(1, 3, 4, 4));
    return new Sketch.Builder()
        .theme(theme)
        .channels("image (3, 4, 4)", image)
        .sign(TIMES)
        .channels("filter (3, 3, 3)", filter)
        .sign("=")
        .matrix("output (1, 2, 2)", output.reshape(2, 2))
        .build();
  }

  private static Figure blocks(Theme theme) {
    Cuboid image = new Cuboid(40, 110, 110, 1, 0);
    Cuboid output = new Cuboid(80, 80, 80, 1, 3);
    return blocks(theme, "image (C, H, W)", image, "output (FN, OH, OW)", output);
  }

  private static Figure batch(Theme theme) {
    Cuboid images = new Cuboid(40, 90, 90, 4, 0);
    Cuboid output = new Cuboid(80, 64, 64, 4, 3);
    return blocks(theme, "images (N, C, H, W)", images, "output (N, FN, OH, OW)", output);
  }

  private static Figure blocks(
      Theme theme, String inputName, Cuboid input, String outputName, Cuboid output) {
    return new Sketch.Builder()
        .theme(theme)
        .part(inputName, input)
        .sign(TIMES)
        .part("filters (FN, C, FH, FW)", new Cuboid(40, 40, 40, 4, 1))
        .sign("+")
        .part("bias (FN, 1, 1)", new Cuboid(80, 10, 10, 1, 2))
        .sign("=")
        .part(outputName, output)
        .build();
  }

  private static NDArray pool(NDArray image, int stride) {
    int size = stride == 1 ? 3 : 2;
    NDArray y =
        new Pooling(size, size, stride, 0)
            .forward(image.reshape(1, 1, image.dimension(0), image.dimension(1)));
    return y.reshape(y.dimension(2), y.dimension(3));
  }

  private static final NDArray POOLED =
      NDArray.of(Shape.of(4, 4), 1, 3, 0, 2, 4, 0, 1, 5, 2, 1, 3, 0, 0, 6, 2, 1);

  /** Marks windows of 2 by 2, each in its color. */
  private static int window(int i, int j) {
    return 1 + i / 2 * 2 + j / 2;
  }

  private static Figure pooling(Theme theme) {
    return new Sketch.Builder()
        .theme(theme)
        .matrix("image (4, 4)", POOLED, ChapterSketches::window)
        .sign("\u2192")
        .matrix("maxima, window 2, stride 2", pool(POOLED, 2), (i, j) -> 1 + 2 * i + j)
        .build();
  }

  private static Figure shift(Theme theme) {
    NDArray image =
        NDArray.of(
            Shape.of(5, 6),
            1,
            2,
            0,
            7,
            1,
            0,
            0,
            9,
            2,
            3,
            1,
            2,
            1,
            0,
            3,
            1,
            2,
            0,
            2,
            1,
            1,
            0,
            1,
            3,
            8,
            0,
            1,
            6,
            1,
            2);
    NDArray moved = NDArray.zeros(5, 6);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 6; j++) {
        moved.set(image.get(i, Math.max(0, j - 1)), i, j);
      }
    }
    return new Sketch.Builder()
        .theme(theme)
        .matrix("image", image)
        .sign("\u2192")
        .matrix("maxima, window 3", pool(image, 1))
        .nextRow()
        .matrix("moved by a pixel", moved)
        .sign("\u2192")
        .matrix("maxima, window 3", pool(moved, 1))
        .build();
  }

  private static Figure im2col(Theme theme) {
    NDArray image = IMAGE.reshape(1, 1, 4, 5);
    NDArray rows = Im2col.im2col(image, 3, 3, 1, 0);
    NDArray output = convolve(IMAGE, FILTER, 0, 1, 0).reshape(6, 1);
    return new Sketch.Builder()
        .theme(theme)
        .matrix("image, the second window", IMAGE, Marks.window(0, 1, 3, 3))
        .sign("\u2192")
        .matrix("im2col: a row for each window", rows, Marks.window(1, 0, 1, 9))
        .nextRow()
        .matrix("im2col (6, 9)", rows, Marks.window(1, 0, 1, 9))
        .sign("\u00d7")
        .matrix("filter", FILTER.reshape(9, 1))
        .sign("=")
        .matrix("output", output, Marks.window(1, 0, 1, 1))
        .build();
  }

  private static Figure poolingRows(Theme theme) {
    NDArray rows = Im2col.im2col(POOLED.reshape(1, 1, 4, 4), 2, 2, 2, 0);
    NDArray maxima = pool(POOLED, 2);
    return new Sketch.Builder()
        .theme(theme)
        .matrix("image (4, 4)", POOLED, ChapterSketches::window)
        .sign("\u2192")
        .matrix("a row for each window", rows, (i, j) -> 1 + i)
        .sign("\u2192")
        .matrix("maxima", maxima.reshape(4, 1), (i, j) -> 1 + i)
        .sign("\u2192")
        .matrix("output (2, 2)", maxima, (i, j) -> 1 + 2 * i + j)
        .build();
  }
}
