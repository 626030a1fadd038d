package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.layerNorm;
import static io.github.purenet.nn.Layers.tanh;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every spec that the library has, found and not listed: what each factory of {@link Layers} gives,
 * the same with each of its settings changed alone, and with all of them changed; each with every
 * input of {@link #INPUTS} that it takes.
 */
final class LayerCases {
  /** Seed of all numbers; every case prints it. */
  static final long SEED = 5;

  /** Shapes of a sample: images, rows of rows, rows. No two axes are alike. */
  static final List<Shape> INPUTS = List.of(Shape.of(4, 6, 5), Shape.of(3, 4), Shape.of(6));

  /** Arguments by type. Neighbors differ, so that height and width cannot be confused. */
  private static final Map<Class<?>, List<?>> ARGUMENTS =
      Map.of(
          int.class,
          List.of(2, 3, 2, 1, 0, 0, 1),
          double.class,
          List.of(0.25, 0.5),
          boolean.class,
          List.of(true, false),
          Initializer.class,
          List.of(Initializer.uniform(-0.5, 0.5)),
          LayerSpec[].class,
          List.of(wide().toArray(LayerSpec[]::new), new LayerSpec[] {conv(4, 1)}),
          List[].class,
          List.of((Object) new List<?>[] {wide(), branch(conv(2, 1))}));

  private LayerCases() {}

  /** A branch with parameters and buffers that keeps the shape of images of four channels. */
  private static List<LayerSpec> wide() {
    return branch(conv(4, 3).pad(1), batchNorm(), tanh(), layerNorm());
  }

  /** A spec and how it was made. */
  private record Made(String text, LayerSpec spec) {}

  /** A spec, and the shape of a sample that it is built for. */
  record Case(String text, LayerSpec spec, Shape sample) {

    /** The name of the layer. */
    String name() {
      return name(spec);
    }

    private static String name(LayerSpec spec) {
      return spec.kind() + 7;
    }

    /** A new layer, always the same; its biases, scales and statistics are no longer 0 and 1. */
    Layer layer() {
      Random random = new Random(SEED);
      Layer layer = spec.build(name(), sample, random);
      for (Parameter parameter : layer.parameters()) {
        NDArray value = parameter.value();
        value.addInPlace(NDArray.normal(value.shape(), 0f, 0.3f, random));
      }
      for (Parameter buffer : layer.buffers()) { // a variance stays above 0
        NDArray value = buffer.value();
        value.addInPlace(NDArray.uniform(value.shape(), 0.1f, 0.6f, random));
      }
      return layer;
    }

    /**
     * So many samples of different numbers, mostly from -4 to 4, each 1/32 or more from the next
     * and half as much from 0 and 3.
     */
    NDArray x(int n) {
      Shape shape = sample.prepend(n);
      float spacing = Math.max(1f / 32, 8f / Integer.highestOneBit(2 * shape.size() + 1));
      return Numbers.apart(shape, SEED + n).multiply(spacing / 8);
    }

    /** A gradient for the output of {@link #x}. */
    NDArray dy(int n) {
      Shape y = layer().outputShape(sample.prepend(n));
      return NDArray.normal(y, 0f, 1f, new Random(SEED + 10 + n));
    }

    @Override
    public String toString() {
      return text + " of " + sample + ", seed " + SEED;
    }
  }

  /** All cases, in the same order every time. */
  static Stream<Case> all() {
    return factories()
        .flatMap(LayerCases::variants)
        .flatMap(
            made ->
                INPUTS.stream()
                    .filter(input -> takes(made.spec, input))
                    .map(input -> new Case(made.text, made.spec, input)));
  }

  /** What the factories give: all that is public in {@link Layers} and returns a spec. */
  private static Stream<Made> factories() {
    return sorted(
            Arrays.stream(Layers.class.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .filter(method -> LayerSpec.class.isAssignableFrom(method.getReturnType())))
        .map(method -> require(method, null, call(method, null, "", spec -> true)));
  }

  /** The spec, the spec with each setting changed alone, and the spec with all of them changed. */
  private static Stream<Made> variants(Made base) {
    List<Made> variants = new ArrayList<>(List.of(base));
    Made all = base;
    int changed = 0;
    for (Method method : sorted(fluent(base.spec)).toList()) {
      variants.add(require(method, base, change(method, base)));
      Made more = change(method, all);
      changed += more == null ? 0 : 1;
      all = more == null ? all : more;
    }
    if (changed > 1) {
      variants.add(all);
    }
    return variants.stream();
  }

  /** The public methods of a spec that give another spec of its class. */
  private static Stream<Method> fluent(LayerSpec spec) {
    return Arrays.stream(spec.getClass().getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> LayerSpec.class.isAssignableFrom(method.getReturnType()))
        .filter(method -> method.getReturnType().isInstance(spec));
  }

  /** Changes a setting, so that it shows in the settings unless it is an initializer. */
  private static Made change(Method method, Made base) {
    boolean initializer = List.of(method.getParameterTypes()).contains(Initializer.class);
    return call(
        method,
        base.spec,
        base.text + ".",
        spec -> initializer || !spec.settings().equals(base.spec.settings()));
  }

  /** By name and parameters, each once: a generic method has a bridge beside it. */
  private static Stream<Method> sorted(Stream<Method> methods) {
    return methods
        .collect(Collectors.toMap(LayerCases::signature, method -> method, (a, b) -> a))
        .values()
        .stream()
        .sorted(Comparator.comparing(LayerCases::signature));
  }

  private static String signature(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  /**
   * Calls a method with the first arguments that make a spec which is wanted and takes an input;
   * null if there are none. A setting begins with another argument than a factory.
   */
  private static Made call(
      Method method, LayerSpec target, String prefix, Predicate<LayerSpec> wanted) {
    Class<?>[] types = method.getParameterTypes();
    if (!ARGUMENTS.keySet().containsAll(List.of(types))) {
      return null;
    }
    int tries = Arrays.stream(types).mapToInt(type -> ARGUMENTS.get(type).size()).max().orElse(1);
    for (int attempt = 0; attempt < tries; attempt++) {
      int first = attempt + (target == null ? 0 : 1);
      Object[] arguments =
          IntStream.range(0, types.length)
              .mapToObj(i -> circular(ARGUMENTS.get(types[i]), first + i))
              .toArray();
      try {
        LayerSpec spec = (LayerSpec) method.invoke(target, arguments);
        if (wanted.test(spec) && INPUTS.stream().anyMatch(input -> takes(spec, input))) {
          return new Made(prefix + method.getName() + text("(", arguments, ")"), spec);
        }
      } catch (InvocationTargetException e) {
        if (!(e.getCause() instanceof IllegalArgumentException)) {
          throw new AssertionError(prefix + method.getName() + text("(", arguments, ")"), e);
        }
      } catch (IllegalAccessException e) {
        throw new AssertionError(method.toString(), e);
      }
    }
    return null;
  }

  private static Object circular(List<?> list, int i) {
    return list.get(i % list.size());
  }

  private static Made require(Method method, Made base, Made made) {
    if (made == null) {
      throw new AssertionError(
          String.format(
              "%s: expected arguments for %s that %s for one of the inputs %s, found none; mend it,"
                  + " or add to LayerCases.ARGUMENTS or INPUTS",
              base == null ? "Layers" : base.text,
              signature(method),
              base == null ? "make a spec" : "make a spec of other settings",
              INPUTS));
    }
    return made;
  }

  private static boolean takes(LayerSpec spec, Shape sample) {
    try {
      spec.build(Case.name(spec), sample, new Random(SEED)).outputShape(sample.prepend(2));
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  private static String text(String begin, Object[] values, String end) {
    return Arrays.stream(values)
        .map(LayerCases::text)
        .collect(Collectors.joining(", ", begin, end));
  }

  private static String text(Object value) {
    if (value instanceof Object[] array) {
      return text("", array, "");
    }
    if (value instanceof List<?> list) {
      return text("[", list.toArray(), "]");
    }
    if (value instanceof LayerSpec spec) {
      return spec.kind();
    }
    return value instanceof Initializer ? "uniform" : String.valueOf(value);
  }
}
