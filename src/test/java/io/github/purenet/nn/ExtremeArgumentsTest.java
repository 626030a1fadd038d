package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.avgPool;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.maxPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Arguments far from all sense: each is refused in words that name the layer, or gives the shape
 * that exact arithmetic gives, in memory that is in proportion to the arrays.
 */
class ExtremeArgumentsTest {
  private static final long SEED = 23;

  private static final List<Integer> INTEGERS =
      List.of(Integer.MIN_VALUE, -1, 0, 1, 1 << 15, 1 << 16, 46_341, 1 << 30, Integer.MAX_VALUE);

  private static final List<Double> NUMBERS =
      List.of(
          Double.NaN,
          Double.NEGATIVE_INFINITY,
          -Double.MAX_VALUE,
          -1e39,
          -1.0,
          -0.0,
          0.0,
          Double.MIN_VALUE,
          1e-50,
          1.0,
          1e39,
          Double.MAX_VALUE,
          Double.POSITIVE_INFINITY);

  private static final List<Shape> INPUTS =
      List.of(Shape.of(2, 5, 4), Shape.of(1, 1, 1), Shape.of(6, 3), Shape.of(3));

  /** More numbers than these are not computed; that they are allowed is all that is asked. */
  private static final long COMPUTED = 1 << 16;

  /** Nor more multiply-adds. */
  private static final long WORK = 1 << 23;

  /** Bytes that any layer may allocate, and bytes for each number of its arrays. */
  private static final long ALWAYS = 8 << 20;

  private static final long EACH = 1024;

  private static final com.sun.management.ThreadMXBean THREADS =
      ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean
          ? bean
          : null;

  private int refused;
  private int computed;

  @BeforeAll
  static void count_the_bytes_of_each_thread() {
    assumeTrue(
        THREADS != null && THREADS.isThreadAllocatedMemorySupported(),
        "this JVM does not count the bytes that a thread allocates");
    THREADS.setThreadAllocatedMemoryEnabled(true);
  }

  @Test
  void every_argument_of_every_factory_and_setting_is_refused_or_right() {
    for (Method factory : methods(Layers.class, true)) {
      forEachArgument(factory, null, Layers.class.getSimpleName());
      LayerSpec spec = (LayerSpec) call(factory, null, small(factory));
      for (Method setting : methods(spec.getClass(), false)) {
        forEachArgument(setting, spec, spec.kind());
      }
    }
    assertThat(refused).isGreaterThan(150);
    assertThat(computed).isGreaterThan(150);
  }

  /** Of a class, what gives a spec and takes numbers: each once, without bridges. */
  private static List<Method> methods(Class<?> type, boolean factories) {
    return Arrays.stream(type.getMethods())
        .filter(m -> Modifier.isStatic(m.getModifiers()) == factories)
        .filter(m -> LayerSpec.class.isAssignableFrom(m.getReturnType()) && !m.isBridge())
        .filter(
            m ->
                Stream.of(m.getParameterTypes())
                    .allMatch(t -> t == int.class || t == double.class || t == boolean.class))
        .sorted(Comparator.comparing(Method::toGenericString))
        .toList();
  }

  private static Object[] small(Method method) {
    return Stream.of(method.getParameterTypes())
        .map(t -> t == int.class ? (Object) 1 : t == double.class ? (Object) 0.5 : (Object) true)
        .toArray();
  }

  private void forEachArgument(Method method, LayerSpec target, String owner) {
    for (int i = 0; i < method.getParameterCount(); i++) {
      Class<?> type = method.getParameterTypes()[i];
      List<?> values = type == int.class ? INTEGERS : type == double.class ? NUMBERS : List.of();
      for (Object value : values) {
        Object[] arguments = small(method);
        arguments[i] = value;
        String text = owner + "." + method.getName() + Arrays.toString(arguments);
        check(text, method.getName(), () -> (LayerSpec) call(method, target, arguments));
      }
    }
  }

  private static Object call(Method method, Object target, Object[] arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refusal) {
        throw refusal;
      }
      throw new AssertionError(method.toString(), e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(method.toString(), e);
    }
  }

  /** Strides, pads and dilations that make each other possible. */
  @Test
  void extreme_windows_are_refused_or_right_together() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      int[] a = new int[10];
      Arrays.setAll(a, j -> window(random));
      int filters = 1 + random.nextInt(3);
      int kind = random.nextInt(4);
      String text = "seed " + SEED + ", " + i + ": " + kind + " " + Arrays.toString(a);
      check(
          text,
          "conv|maxPool|avgPool",
          () ->
              kind < 2
                  ? some(conv(filters, a[0], a[1]).dilation(a[8], a[9]), a)
                  : kind == 2
                      ? some(maxPool(a[0], a[1]), a)
                      : some(avgPool(a[0], a[1]).ceilMode(), a));
    }
    assertThat(refused).isGreaterThan(300);
    assertThat(computed).isGreaterThan(300);
  }

  private static int window(Random random) {
    int[] extreme = {1 << 15, 1 << 16, 46_341, 100_000_000, 1 << 30, Integer.MAX_VALUE};
    int near = random.nextInt(3) - 1;
    return random.nextInt(5) < 3
        ? 1 + random.nextInt(3)
        : extreme[random.nextInt(extreme.length)] + Math.min(0, near);
  }

  private static <S extends WindowSpec<S>> LayerSpec some(S spec, int[] a) {
    S strided = spec.stride(a[2], a[3]);
    return a[0] % 4 == 0 ? strided.same() : strided.pad(a[4] - 1, a[5] - 1, a[6] - 1, a[7] - 1);
  }

  private void check(String text, String name, Supplier<LayerSpec> supplier) {
    LayerSpec spec;
    try {
      spec = supplier.get();
    } catch (IllegalArgumentException e) {
      assertRefusal(text, e, name);
      return;
    }
    for (Shape input : INPUTS) {
      check(text + " of " + input, spec, input);
    }
  }

  private void assertRefusal(String text, IllegalArgumentException e, String name) {
    refused++;
    assertThat(e.getMessage())
        .as(text)
        .matches("(?s)\\w*(" + name + "|\\w+7)?: expected .*, got .*");
    assertThat(e.getMessage()).as(text).doesNotStartWith("shape:");
  }

  private void check(String text, LayerSpec spec, Shape input) {
    Shape images = input.prepend(2);
    long[] expected = expected(spec, images);
    long parameters = expected == null ? 0 : parameters(spec, input);
    boolean fits = expected != null && size(expected) <= Integer.MAX_VALUE && parameters >= 0;
    if (parameters > COMPUTED) {
      return; // allowed, and too large for a test
    }
    Layer layer;
    Shape y;
    long before = allocated();
    try {
      layer = spec.build(spec.kind() + 7, input, new Random(SEED));
      y = layer.outputShape(images);
    } catch (IllegalArgumentException e) {
      assertThat(fits).as("%s: %s is refused: %s", text, spec, e.getMessage()).isFalse();
      assertRefusal(text, e, spec.kind() + 7);
      return;
    }
    assertThat(fits).as("%s: %s gives %s", text, spec, y).isTrue();
    assertThat(LongStream.of(expected).mapToObj(Long::toString))
        .as("%s: %s", text, spec)
        .isEqualTo(Arrays.stream(y.toArray()).mapToObj(Integer::toString).toList());
    if (y.size() <= COMPUTED && layer.multiplyAdds(images) <= WORK) {
      computed++;
      NDArray x = NDArray.normal(images, 0f, 1f, new Random(SEED));
      Pass pass = Pass.training();
      assertThat(layer.forward(x, pass).shape()).as(text).isEqualTo(y);
      assertThat(layer.backward(NDArray.ones(y), pass).shape()).as(text).isEqualTo(images);
    }
    long bytes = allocated() - before;
    assertThat(bytes)
        .as("bytes for %s numbers and %s parameters, %s: %s", y.size(), parameters, text, spec)
        .isLessThan(ALWAYS + EACH * (y.size() + parameters));
  }

  @SuppressWarnings("deprecation") // threadId() came with Java 19
  private static long allocated() {
    long[] threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t == Thread.currentThread() || t.getName().startsWith("purenet-"))
            .mapToLong(Thread::getId)
            .toArray();
    return LongStream.of(THREADS.getThreadAllocatedBytes(threads)).map(b -> Math.max(0, b)).sum();
  }

  private static long size(long[] shape) {
    BigInteger product = BigInteger.ONE;
    for (long length : shape) {
      product = product.multiply(BigInteger.valueOf(length));
    }
    return product.bitLength() > 62 ? Long.MAX_VALUE : product.longValue();
  }

  /** The number of parameters, or -1 if that is more than an array has. */
  private static long parameters(LayerSpec spec, Shape input) {
    Map<String, Object> s = spec.settings();
    long weights =
        switch (spec.kind()) {
          case "affine" -> size(new long[] {input.size(), integer(s, "outputs")});
          case "conv" ->
              size(
                  new long[] {
                    integer(s, "filters"),
                    input.dimension(0) / integer(s, "groups"),
                    pair(s, "size").get(0),
                    pair(s, "size").get(1)
                  });
          default -> 0;
        };
    return weights > Integer.MAX_VALUE ? -1 : weights;
  }

  private static int integer(Map<String, Object> settings, String name) {
    return (Integer) settings.get(name);
  }

  @SuppressWarnings("unchecked")
  private static List<Integer> pair(Map<String, Object> settings, String name) {
    return (List<Integer>) settings.get(name);
  }

  /** The shape of the output, or null if the input does not fit. */
  private static long[] expected(LayerSpec spec, Shape x) {
    Map<String, Object> s = spec.settings();
    boolean images = x.rank() == 4;
    return switch (spec.kind()) {
      case "affine" -> new long[] {x.dimension(0), integer(s, "outputs")};
      case "conv" -> images && x.dimension(1) % integer(s, "groups") == 0 ? windows(s, x) : null;
      case "maxPool", "avgPool" -> images ? windows(s, x) : null;
      case "globalAvgPool" -> images ? new long[] {x.dimension(0), x.dimension(1)} : null;
      case "localResponseNorm" -> images ? longs(x) : null;
      case "batchNorm" -> x.rank() == 2 || images ? longs(x) : null;
      case "flatten" -> new long[] {x.dimension(0), x.dropFirst().size()};
      default -> longs(x);
    };
  }

  private static long[] longs(Shape shape) {
    return Arrays.stream(shape.toArray()).asLongStream().toArray();
  }

  private static long[] windows(Map<String, Object> s, Shape x) {
    List<Long> shape = new ArrayList<>(List.of((long) x.dimension(0)));
    shape.add((long) (s.containsKey("filters") ? integer(s, "filters") : x.dimension(1)));
    for (int axis = 0; axis < 2; axis++) {
      shape.add(count(s, axis, x.dimension(2 + axis)));
    }
    return shape.contains(-1L) ? null : shape.stream().mapToLong(Long::longValue).toArray();
  }

  /** The number of windows along an axis, or -1 if they do not fit. */
  private static long count(Map<String, Object> s, int axis, long size) {
    List<Integer> one = List.of(1, 1);
    long stride = pair(s, "stride").get(axis);
    long dilation = (s.containsKey("dilation") ? pair(s, "dilation") : one).get(axis);
    long window = dilation * (pair(s, "size").get(axis) - 1L) + 1;
    if (s.get("pad").equals("same")) {
      long count = (size + stride - 1) / stride;
      return Math.max(size, (count - 1) * stride + window) > Integer.MAX_VALUE ? -1 : count;
    }
    List<Integer> pads = pair(s, "pad");
    long before = pads.get(axis);
    long after = pads.get(pads.size() == 4 ? axis + 2 : axis);
    long padded = before + size + after;
    boolean pool = !s.containsKey("filters");
    if (window > padded
        || padded > Integer.MAX_VALUE
        || (pool && Math.max(before, after) >= window)) {
      return -1;
    }
    long count = (padded - window) / stride + 1;
    boolean more = Boolean.TRUE.equals(s.get("ceil")) && (padded - window) % stride != 0;
    return more && count * stride < before + size ? count + 1 : count;
  }

  /** A stride that has one window to go to, and a pad that no window needs, take no memory. */
  @Test
  void a_stride_of_a_hundred_million_takes_no_memory() {
    for (LayerSpec spec :
        List.of(
            conv(4, 3).stride(100_000_000),
            conv(4, 1).stride(100_000_000).pad(100_000_000),
            conv(4, 2).dilation(100_000_000).stride(100_000_000).pad(100_000_000),
            maxPool(2).stride(100_000_000),
            avgPool(2).stride(100_000_000))) {
      Shape input = Shape.of(3, 8, 8);
      check("stride", spec, input);
    }
    assertThat(computed).isEqualTo(5);
    assertThat(refused).isZero();
  }
}
