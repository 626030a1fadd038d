package io.github.purenet.ndarray;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The largest or the smallest of numbers and its position, of all elements or along axes. NaN is
 * both larger and smaller than any number. Each of the two has loops of its own, so that the JIT
 * compiler sees no call inside them.
 */
enum Extreme {
  MAX(Float.NEGATIVE_INFINITY) {
    @Override
    float of(float[] data, int from, int n) {
      float max = Float.NEGATIVE_INFINITY;
      for (int i = from; i < from + n; i++) {
        max = Math.max(max, data[i]);
      }
      return max;
    }

    @Override
    void update(float[] best, int at, float[] data, int from, int n) {
      for (int i = 0; i < n; i++) {
        best[at + i] = Math.max(best[at + i], data[from + i]);
      }
    }

    @Override
    int position(float[] data, int first, int step, int n) {
      int best = 0;
      float max = data[first];
      for (int i = 1; i < n && !Float.isNaN(max); i++) {
        float value = data[first + i * step];
        if (value > max || Float.isNaN(value)) {
          best = i;
          max = value;
        }
      }
      return best;
    }
  },

  MIN(Float.POSITIVE_INFINITY) {
    @Override
    float of(float[] data, int from, int n) {
      float min = Float.POSITIVE_INFINITY;
      for (int i = from; i < from + n; i++) {
        min = Math.min(min, data[i]);
      }
      return min;
    }

    @Override
    void update(float[] best, int at, float[] data, int from, int n) {
      for (int i = 0; i < n; i++) {
        best[at + i] = Math.min(best[at + i], data[from + i]);
      }
    }

    @Override
    int position(float[] data, int first, int step, int n) {
      int best = 0;
      float min = data[first];
      for (int i = 1; i < n && !Float.isNaN(min); i++) {
        float value = data[first + i * step];
        if (value < min || Float.isNaN(value)) {
          best = i;
          min = value;
        }
      }
      return best;
    }
  };

  private final float none;

  Extreme(float none) {
    this.none = none;
  }

  /** Returns the extreme of n consecutive numbers. */
  abstract float of(float[] data, int from, int n);

  /**
   * Replaces numbers by more extreme ones.
   *
   * @param best the extremes so far. Modified.
   * @param at the position of the first of them
   * @param data the other numbers. Not modified.
   * @param from the position of the first of them
   * @param n how many there are of both
   */
  abstract void update(float[] best, int at, float[] data, int from, int n);

  /**
   * Returns the index of the extreme of n numbers: the first of equals, and NaN before all others.
   */
  abstract int position(float[] data, int first, int step, int n);

  /** Returns the extreme of all elements; {@code what} is the operation in messages. */
  float of(String what, NDArray x) {
    requireElements(what, x);
    return of(x.data(), 0, x.size());
  }

  /** Returns the position of the extreme of all elements. */
  int position(String what, NDArray x) {
    requireElements(what, x);
    return position(x.data(), 0, 1, x.size());
  }

  /** Returns the extremes along axes. */
  NDArray of(String what, NDArray x, int... axes) {
    Axes a = elements(what, x, axes);
    NDArray result = NDArray.full(a.kept(), none);
    float[] best = result.data();
    int n = a.n();
    int inner = a.inner();
    if (inner == 1) {
      for (int o = 0; o < a.outer(); o++) {
        best[o] = of(a.data(), o * n, n);
      }
    } else if (result.size() > 0) {
      int from = 0;
      for (int o = 0; o < a.outer(); o++) {
        for (int i = 0; i < n; i++, from += inner) {
          update(best, o * inner, a.data(), from, inner);
        }
      }
    }
    return result;
  }

  /** Returns the positions of the extremes along one axis. */
  NDArray positions(String what, NDArray x, int axis) {
    Axes a = elements(what, x, axis);
    NDArray result = NDArray.zeros(a.kept());
    if (result.size() > 0) {
      int inner = a.inner();
      for (int o = 0; o < a.outer(); o++) {
        for (int j = 0; j < inner; j++) {
          int first = o * a.n() * inner + j;
          result.data()[o * inner + j] = position(a.data(), first, inner, a.n());
        }
      }
    }
    return result;
  }

  private static void requireElements(String what, NDArray x) {
    if (x.size() == 0) {
      throw new IllegalArgumentException(
          what + ": expected at least 1 element, got 0 in " + x.shape());
    }
  }

  private static Axes elements(String what, NDArray x, int... axes) {
    Axes a = Axes.of(x, axes);
    if (a.n() == 0) {
      String which =
          Arrays.stream(axes)
              .mapToObj(axis -> String.valueOf(x.shape().axis(axis)))
              .collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected at least 1 element on %s %s, got 0 in %s",
              what,
              axes.length == 1 ? "axis" : "axes",
              which,
              x.shape()));
    }
    return a;
  }
}
