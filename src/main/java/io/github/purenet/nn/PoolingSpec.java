package io.github.purenet.nn;

import io.github.purenet.kernel.Window;
import io.github.purenet.ndarray.Shape;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Describes a {@link Pooling}; made by {@link Layers#maxPool(int)}. */
public final class PoolingSpec extends WindowSpec<PoolingSpec> {

  PoolingSpec(Window window) {
    super(window);
  }

  @Override
  PoolingSpec with(Window other) {
    return new PoolingSpec(other);
  }

  /**
   * The same with the output size rounded up, so that a remainder at the edge gets a window of its
   * own; without it the remainder is not read.
   *
   * @return a new spec
   */
  public PoolingSpec ceilMode() {
    return with(window.ceil(true));
  }

  @Override
  public String kind() {
    return "pool";
  }

  @Override
  public Map<String, Object> settings() {
    return put(new Settings(kind())).with("ceil", window.ceil()).toMap();
  }

  static PoolingSpec of(Settings s) {
    return new PoolingSpec(take(s).ceil(s.flag("ceil")));
  }

  @Override
  public Pooling build(String name, Shape input, RandomGenerator random) {
    return new Pooling(name, window);
  }
}
