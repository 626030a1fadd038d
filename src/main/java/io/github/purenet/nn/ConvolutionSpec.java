package io.github.purenet.nn;

import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Describes a {@link Convolution}; made by {@link Layers#conv(int, int)}. */
public final class ConvolutionSpec extends WindowSpec<ConvolutionSpec> {
  private final int filters;
  private final int groups;
  private final Initializer initializer;

  ConvolutionSpec(int filters, int fh, int fw) {
    this(filters, new Window(fh, fw), 1, Initializer.heNormal());
  }

  private ConvolutionSpec(int filters, Window window, int groups, Initializer initializer) {
    super(window);
    this.filters = Check.atLeastOne(kind(), "a number of filters", filters);
    this.groups = Convolution.checkGroups(kind(), groups, filters);
    this.initializer = Objects.requireNonNull(initializer, "initializer");
  }

  @Override
  ConvolutionSpec with(Window other) {
    return new ConvolutionSpec(filters, other, groups, initializer);
  }

  /**
   * The same with another dilation (Yu and Koltun 2016, section 2): the distance between
   * neighbouring places of a filter in the image, both downwards and to the right.
   *
   * @param dilation at least 1; 1 unless set
   * @return a new spec
   * @throws IllegalArgumentException if the number is out of range
   */
  public ConvolutionSpec dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /**
   * The same with another dilation.
   *
   * @param height rows of the image from one row of a filter to the next, at least 1
   * @param width columns of the image from one column of a filter to the next, at least 1
   * @return a new spec
   * @throws IllegalArgumentException if a number is out of range
   */
  public ConvolutionSpec dilation(int height, int width) {
    return with(window.dilation(height, width));
  }

  /**
   * The same with channels and filters cut into groups, in their order; the filters of a group see
   * its channels only (Krizhevsky et al. 2012, section 3.2). With as many groups as channels the
   * convolution is depth-wise.
   *
   * @param count how many groups; must divide the filters, and the channels of the input; 1 unless
   *     set
   * @return a new spec
   * @throws IllegalArgumentException if the number is below 1 or does not divide the filters
   */
  public ConvolutionSpec groups(int count) {
    return new ConvolutionSpec(filters, window, count, initializer);
  }

  /**
   * The same with another initializer of the weight.
   *
   * @param weight replaces He initialisation
   * @return a new spec
   */
  public ConvolutionSpec initializer(Initializer weight) {
    return new ConvolutionSpec(filters, window, groups, weight);
  }

  @Override
  public String kind() {
    return "conv";
  }

  @Override
  public Map<String, Object> settings() {
    return put(new Settings(kind()).with("filters", filters))
        .with("dilation", window.dilationH(), window.dilationW())
        .with("groups", groups)
        .toMap();
  }

  static ConvolutionSpec of(Settings s) {
    int[] dilation = s.pair("dilation");
    Window window = take(s).dilation(dilation[0], dilation[1]);
    return new ConvolutionSpec(s.integer("filters"), window, s.integer("groups"), Initializer.heNormal());
  }

  @Override
  public Convolution build(String name, Shape input, RandomGenerator random) {
    Check.rank(name, "an input", 3, "(C, H, W)", input);
    int channels = input.dimension(0);
    if (channels % groups != 0) {
      throw new IllegalArgumentException(
          name
              + ": expected groups that divide the "
              + channels
              + " channels, got "
              + groups
              + " in "
              + input);
    }
    Shape shape = Shape.of(filters, channels / groups, window.fh(), window.fw());
    NDArray weight =
        initializer.create(
            shape, shape.dropFirst().size(), filters / groups * window.fh() * window.fw(), random);
    return new Convolution(name, weight, NDArray.zeros(filters), window, groups);
  }
}
