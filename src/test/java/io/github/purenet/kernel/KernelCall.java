package io.github.purenet.kernel;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * One call of a kernel with all its arguments. It can be made with any kernels, each time on fresh
 * copies of the arrays, and compared with what the reference makes of it: in every number of every
 * array, so that a kernel that writes where it must not, or changes what it may only read, differs.
 */
final class KernelCall {
  private static final Kernels REFERENCE = new NaiveKernels();

  private final Method method;
  private final Object[] arguments;
  private final double tolerance;

  private KernelCall(Method method, Object[] arguments, double tolerance) {
    this.method = method;
    this.arguments = arguments;
    this.tolerance = tolerance;
  }

  /** A call whose result is known to the bit, as small integers are. */
  static KernelCall of(String kernel, Object... arguments) {
    return new KernelCall(kernels().get(kernel), arguments, 0);
  }

  /** The same call, whose numbers may differ by so much. */
  KernelCall within(double allowed) {
    return new KernelCall(method, arguments, allowed);
  }

  /** What {@link Kernels} declares, by name; {@code name()} computes nothing. */
  static Map<String, Method> kernels() {
    Map<String, Method> found = new TreeMap<>();
    for (Method method : Kernels.class.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !method.getName().equals("name")) {
        if (found.put(method.getName(), method) != null) {
          throw new AssertionError("two kernels are named " + method.getName());
        }
      }
    }
    return found;
  }

  String kernel() {
    return method.getName();
  }

  /** The arguments before the call, of which a kernel gets copies. */
  List<Object> arguments() {
    return Arrays.asList(arguments);
  }

  /**
   * The arguments after the call: arrays are copies, and hold what the kernel wrote. A matrix is
   * its array.
   */
  Object[] run(Kernels kernels) {
    return run(kernels, false);
  }

  private Object[] run(Kernels kernels, boolean onNan) {
    IdentityHashMap<Object, Object> copies = new IdentityHashMap<>(); // what is one array stays one
    Object[] given = new Object[arguments.length];
    Object[] after = new Object[arguments.length];
    for (int i = 0; i < given.length; i++) {
      Object array = array(arguments[i]);
      if (array == null) {
        given[i] = arguments[i];
        after[i] = arguments[i];
        continue;
      }
      after[i] = copies.computeIfAbsent(array, KernelCall::copy);
      if (onNan && after[i] instanceof float[] floats) {
        Arrays.fill(floats, Float.NaN);
      }
      given[i] =
          arguments[i] instanceof Matrix matrix
              ? new Matrix((float[]) after[i], matrix.rows(), matrix.columns(), matrix.transposed())
              : after[i];
    }
    try {
      method.invoke(kernels, given);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(kernels.name() + " " + this + " failed", e);
    }
    return after;
  }

  /** The array that an argument is or has, or null. */
  private static Object array(Object argument) {
    if (argument instanceof Matrix matrix) {
      return matrix.data();
    }
    return argument != null && argument.getClass().isArray() ? argument : null;
  }

  private static Object copy(Object array) {
    int length = Array.getLength(array);
    Object copy = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }

  /**
   * Fails if the kernels differ from the reference. They compute the same on NaN before, which is
   * then what working memory holds where they forget to write it.
   */
  void check(Kernels kernels) {
    Object[] expected = run(REFERENCE);
    run(kernels, true);
    Object[] actual = run(kernels);
    for (int i = 0; i < arguments.length; i++) {
      if (array(arguments[i]) != null) {
        compare(kernels, i, expected[i], actual[i]);
      }
    }
  }

  private void compare(Kernels kernels, int argument, Object expected, Object actual) {
    for (int i = 0; i < Array.getLength(expected); i++) {
      double e = Array.getDouble(expected, i);
      double a = Array.getDouble(actual, i);
      if (!agree(e, a)) {
        throw new AssertionError(
            String.format(
                "%s %s: expected %s, got %s at %d of argument %d (from 0), within %s",
                kernels.name(), this, e, a, i, argument, tolerance));
      }
    }
  }

  /** Exact means the same bits, with one NaN for all; -0 is not 0. */
  private boolean agree(double expected, double actual) {
    return Double.compare(expected, actual) == 0 || Math.abs(expected - actual) <= tolerance;
  }

  @Override
  public String toString() {
    StringJoiner joiner = new StringJoiner(", ", method.getName() + "(", ")");
    for (Object argument : arguments) {
      Object array = array(argument);
      String text =
          array == null
              ? String.valueOf(argument)
              : array.getClass().getComponentType() + "[" + Array.getLength(array) + "]";
      if (argument instanceof Matrix matrix) {
        text += String.format(" as (%d, %d)", matrix.rows(), matrix.columns());
        text += matrix.transposed() ? " by columns" : "";
      }
      joiner.add(text);
    }
    return joiner.toString();
  }
}
