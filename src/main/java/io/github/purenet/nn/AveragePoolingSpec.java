package io.github.purenet.nn;

import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes an {@link AveragePooling}; made by {@link Layers#avgPool(int)}. */
public final class AveragePoolingSpec extends WindowSpec<AveragePoolingSpec> {
  private final boolean countPadding;

  AveragePoolingSpec(Window window, boolean countPadding) {
    super(window);
    this.countPadding = countPadding;
  }

  @Override
  AveragePoolingSpec with(Window other) {
    return new AveragePoolingSpec(other, countPadding);
  }

  /**
   * The same with the output size rounded up, so that a remainder at the edge gets a window of its
   * own; without it the remainder is not read. What such a window has beyond the padding never
   * counts.
   *
   * @return a new spec
   */
  public AveragePoolingSpec ceilMode() {
    return with(window.ceil(true));
  }

  /**
   * The same with sums divided by the numbers of the image under the window alone. By default, as
   * in PyTorch, padding counts as zeros.
   *
   * @return a new spec
   */
  public AveragePoolingSpec excludePad() {
    return new AveragePoolingSpec(window, false);
  }

  @Override
  public String kind() {
    return "avgPool";
  }

  @Override
  public Map<String, Object> settings() {
    return put(new Settings(kind()))
        .with("ceil", window.ceil())
        .with("countIncludePad", countPadding)
        .toMap();
  }

  static AveragePoolingSpec of(Settings s) {
    return new AveragePoolingSpec(take(s).ceil(s.flag("ceil")), s.flag("countIncludePad"));
  }

  @Override
  public AveragePooling build(String name, Shape input, RandomGenerator random) {
    return new AveragePooling(name, window, countPadding);
  }
}
