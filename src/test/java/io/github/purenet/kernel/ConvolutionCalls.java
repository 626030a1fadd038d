package io.github.purenet.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Convolutions, each row of the table breaking one shortcut, with every tail that fits. */
final class ConvolutionCalls {

  /**
   * C, H, W, FH, FW, stride down and right, pad down and right; then, where they are not 1,
   * dilation down and right and groups.
   */
  private static final int[][] GEOMETRIES = {
    {1, 1, 1, 1, 1, 1, 1, 0, 0}, // one number
    {1, 5, 4, 1, 1, 1, 1, 0, 0}, // 1 by 1: windows are the image
    {3, 7, 6, 1, 1, 2, 2, 0, 0}, // 1 by 1 with a stride
    {2, 5, 5, 1, 1, 4, 3, 0, 0}, // stride leaves gaps
    {2, 9, 9, 2, 2, 3, 3, 0, 0}, // gaps between windows
    {1, 3, 3, 1, 1, 1, 1, 2, 2}, // windows wholly in the padding
    {1, 2, 2, 2, 2, 3, 3, 3, 3}, // more padding than image
    {2, 4, 5, 4, 5, 1, 1, 0, 0}, // filter as large as the image
    {1, 3, 3, 3, 3, 1, 1, 2, 2}, // windows mostly padding
    {2, 6, 6, 3, 3, 2, 2, 0, 0}, // last row and column never read
    {3, 8, 9, 3, 2, 1, 2, 1, 0}, // nothing square
    {4, 9, 8, 2, 3, 3, 1, 0, 1}, // nothing square, the other way
    {1, 7, 13, 3, 1, 1, 1, 0, 0}, // one column: rows of the image follow one another
    {2, 7, 13, 3, 1, 1, 1, 1, 0},
    {1, 2, 40, 1, 7, 1, 1, 0, 0}, // wide
    {1, 40, 2, 7, 1, 1, 1, 0, 0}, // tall
    {3, 5, 33, 3, 3, 1, 1, 1, 1},
    {1, 4, 100, 3, 3, 1, 1, 1, 1},
    {2, 207, 3, 3, 3, 1, 1, 0, 1},
    {1, 13, 31, 2, 2, 1, 1, 0, 0},
    {2, 15, 16, 4, 4, 2, 2, 1, 1},
    {1, 28, 28, 5, 5, 1, 1, 0, 0}, // the book's
    {2, 14, 13, 5, 5, 1, 1, 2, 2}, // same size
    {5, 10, 11, 9, 9, 1, 1, 0, 0}, // 405 numbers under a window: two slices
    {5, 12, 12, 11, 11, 1, 1, 1, 1}, // 605: three slices
    {4, 10, 9, 8, 8, 1, 1, 0, 0}, // 256: one whole slice
    {2, 9, 8, 3, 3, 1, 1, 0, 0, 2, 2, 1}, // dilation
    {1, 11, 13, 3, 2, 1, 1, 2, 1, 2, 3, 1}, // by axis, with padding
    {3, 12, 17, 2, 3, 2, 2, 0, 3, 1, 4, 1}, // across only, with a stride
    {3, 17, 12, 3, 2, 3, 1, 2, 0, 5, 1, 1}, // down only
    {1, 9, 31, 2, 3, 1, 3, 0, 2, 1, 3, 1}, // stride and dilation alike
    {2, 9, 11, 5, 4, 1, 2, 0, 0, 2, 3, 1}, // the dilated filter is larger than half the image
    {1, 3, 4, 3, 3, 1, 1, 3, 3, 3, 3, 1}, // a dilated window mostly in the padding
    {1, 5, 7, 1, 1, 1, 1, 0, 0, 4, 4, 1}, // dilation of one number
    {4, 7, 6, 3, 3, 1, 1, 1, 1, 1, 1, 2}, // groups
    {6, 5, 9, 2, 3, 2, 1, 0, 1, 1, 1, 3},
    {8, 10, 11, 9, 9, 1, 1, 0, 0, 1, 1, 2}, // each group of several slices
    {4, 6, 5, 1, 1, 1, 1, 0, 0, 1, 1, 2}, // 1 by 1
    {6, 9, 10, 3, 2, 1, 2, 2, 0, 2, 3, 3}, // groups and dilation
    {3, 9, 8, 3, 3, 1, 1, 1, 1, 1, 1, 3}, // depth-wise
    {5, 11, 19, 2, 3, 2, 3, 1, 0, 1, 1, 5}, // depth-wise with a stride
    {4, 12, 23, 3, 3, 1, 1, 2, 4, 2, 4, 4}, // depth-wise with dilation
    {2, 7, 6, 1, 1, 1, 1, 0, 0, 1, 1, 2}, // depth-wise, 1 by 1
    {3, 33, 4, 5, 1, 1, 1, 0, 0, 1, 1, 3}, // depth-wise, rows of the image follow one another
  };

  private static final int[][] POOLS = {{1, 1}, {2, 2}, {3, 3}, {2, 1}, {1, 3}};
  private static final int[] FILTERS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 33};
  private static final int[] BATCHES = {1, 3, 2, 0, 9, 1, 4};

  private final Consumer<KernelCall> forward;
  private final Consumer<KernelCall> backward;
  private int count;

  private ConvolutionCalls(Consumer<KernelCall> forward, Consumer<KernelCall> backward) {
    this.forward = forward;
    this.backward = backward;
  }

  static void forEachForward(Consumer<KernelCall> calls) {
    new ConvolutionCalls(calls, call -> {}).all();
  }

  static void forEachBackward(Consumer<KernelCall> calls) {
    new ConvolutionCalls(call -> {}, calls).all();
  }

  /** Convolutions of several tasks, on numbers whose sums depend on their order. */
  static List<KernelCall> whoseOrderShows() {
    List<KernelCall> found = new ArrayList<>();
    ConvolutionCalls calls = new ConvolutionCalls(found::add, found::add);
    for (ConvTail tail : tails(28, 28)) {
      calls.add(geometry(GEOMETRIES[21], 13), 9, tail, Kind.NORMAL);
    }
    calls.add(new ConvGeometry(1, 1, 50, 50, 3, 3, 1, 1, 1, 1), 33, ConvTail.NONE, Kind.NORMAL);
    calls.add(new ConvGeometry(3, 8, 14, 14, 3, 3, 1, 1, 1, 1), 16, ConvTail.NONE, Kind.NORMAL);
    calls.add(new ConvGeometry(17, 2, 9, 9, 3, 3, 2, 2, 0, 0), 40, ConvTail.NONE, Kind.NORMAL);
    Window window = new Window(3, 3).pad(2, 2).dilation(2, 2);
    for (ConvTail tail : tails(30, 30)) {
      calls.add(new ConvGeometry(9, 8, 30, 30, window, 2), 16, tail, Kind.NORMAL);
      calls.add(new ConvGeometry(9, 8, 30, 30, window, 8), 8, tail, Kind.NORMAL);
    }
    return found;
  }

  static ConvGeometry geometry(int[] row, int n) {
    Window window = new Window(row[3], row[4]).stride(row[5], row[6]).pad(row[7], row[8]);
    boolean more = row.length > 9;
    return new ConvGeometry(
        n,
        row[0],
        row[1],
        row[2],
        more ? window.dilation(row[9], row[10]) : window,
        more ? row[11] : 1);
  }

  private static List<ConvTail> tails(int oh, int ow) {
    List<ConvTail> tails = new ArrayList<>();
    for (int[] pool : POOLS) {
      if (pool[0] <= oh && pool[1] <= ow) {
        tails.add(new ConvTail(false, pool[0], pool[1]));
        tails.add(new ConvTail(true, pool[0], pool[1]));
      }
    }
    return tails;
  }

  private void all() {
    for (int[] row : GEOMETRIES) {
      ConvGeometry one = geometry(row, 1);
      for (ConvTail tail : tails(one.oh(), one.ow())) {
        ConvGeometry g = geometry(row, BATCHES[count % BATCHES.length]);
        add(g, g.groups() * FILTERS[count % FILTERS.length], tail, Kind.INTEGERS);
        add(g, g.groups() * FILTERS[count % FILTERS.length], tail, Kind.NORMAL);
        add(one, g.groups() * (1 + count % 3), tail, Kind.INFINITE);
        if (g.groups() > 1) { // depth-wise with one filter a channel has a path of its own
          for (Kind kind : Kind.values()) {
            add(g, g.groups(), tail, kind);
          }
        }
      }
    }
    ConvGeometry severalTasks = new ConvGeometry(2, 1, 50, 50, 3, 3, 1, 1, 1, 1);
    for (ConvTail tail : tails(50, 50)) {
      add(severalTasks, 33, tail, Kind.INTEGERS);
    }
    ConvGeometry small = new ConvGeometry(2, 3, 4, 4, 3, 3, 1, 1, 0, 0);
    for (int fn : new int[] {255, 256, 257, 300}) { // filters are the inner dimension of dx
      add(small, fn, ConvTail.NONE, Kind.INTEGERS);
      add(small, fn, new ConvTail(true, 2, 2), Kind.INTEGERS);
    }
    ConvTail bookTail = new ConvTail(true, 2, 2);
    for (int n : new int[] {7, 8, 9, 15, 16, 17}) { // pieces of the batch
      add(new ConvGeometry(n, 1, 6, 6, 3, 3, 1, 1, 0, 0), 3, bookTail, Kind.INTEGERS);
      add(new ConvGeometry(n, 1, 6, 6, 3, 3, 1, 1, 0, 0), 3, ConvTail.NONE, Kind.INTEGERS);
    }
  }

  private enum Kind {
    INTEGERS,
    NORMAL,
    INFINITE
  }

  private void add(ConvGeometry g, int fn, ConvTail tail, Kind kind) {
    Random random = new Random(count);
    int slack = count / 2 % 2 == 0 ? 0 : 40;
    int xo = count % 3;
    int wo = count % 4;
    int bo = count % 2;
    int yo = count % 5;
    boolean wantsDx = count / 3 % 2 == 0;
    count++;
    int outputs = g.n() * fn * (g.oh() / tail.poolH()) * (g.ow() / tail.poolW());
    int k = g.windowSize();
    float[] x = numbers(random, xo + g.n() * g.imageSize() + slack, kind);
    float[] w = numbers(random, wo + fn * k + slack, kind == Kind.NORMAL ? kind : Kind.INTEGERS);
    float[] b = RandomArrays.integers(random, bo + fn + slack);
    float[] y = RandomArrays.integers(random, yo + outputs + slack);
    float[] phases = new float[outputs + slack];

    // Where a maximum came from is compared on integers only: rounding decides between near ones.
    boolean pooled = tail.phases() > 1;
    float[] compared = pooled && kind == Kind.INTEGERS ? phases : null;
    double tolerance = kind == Kind.NORMAL ? 1e-6 + 6e-7 * k : 0;
    forward.accept(
        KernelCall.of("convolve", g, fn, x, xo, w, wo, b, bo, tail, y, yo, compared)
            .within(tolerance));
    if (kind == Kind.INTEGERS && pooled && count % 2 == 0) {
      forward.accept(KernelCall.of("convolve", g, fn, x, xo, w, wo, b, bo, tail, y, yo, null));
    }

    if (kind == Kind.INFINITE) {
      x = RandomArrays.integers(random, x.length); // what 0 times infinity is depends on the order
    }
    new NaiveKernels().convolve(g, fn, x, xo, w, wo, b, bo, tail, y, yo, pooled ? phases : null);
    float[] dy = numbers(random, bo + outputs + slack, kind);
    float[] dw = RandomArrays.integers(random, yo + fn * k + slack);
    float[] db = RandomArrays.integers(random, wo + fn + slack);
    float[] dx = RandomArrays.integers(random, bo + g.n() * g.imageSize() + slack);
    int terms = g.n() * g.positions() + fn * k;
    backward.accept(
        KernelCall.of(
                "convolveBackward",
                g,
                fn,
                x,
                xo,
                w,
                wo,
                tail,
                y,
                yo,
                pooled ? phases : null,
                dy,
                bo,
                dw,
                yo,
                db,
                wo,
                wantsDx ? dx : null,
                wantsDx ? bo : 0)
            .within(kind == Kind.NORMAL ? 1e-6 + 6e-7 * terms : 0));
    if (kind == Kind.INTEGERS && wantsDx && count % 2 == 0) {
      float[] left = pooled ? phases : null;
      backward.accept(
          KernelCall.of(
              "convolveBackward",
              g,
              fn,
              x,
              xo,
              w,
              wo,
              tail,
              y,
              yo,
              left,
              dy,
              bo,
              null,
              0,
              null,
              0,
              dx,
              bo));
    }
  }

  private static float[] numbers(Random random, int size, Kind kind) {
    return switch (kind) {
      case INTEGERS -> RandomArrays.integers(random, size);
      case NORMAL -> RandomArrays.normal(random, size);
      case INFINITE -> RandomArrays.rarelyInfinite(random, size);
    };
  }

  /** im2col and col2im of every geometry. */
  static void forEachUnfolding(String kernel, Consumer<KernelCall> calls) {
    for (int i = 0; i < GEOMETRIES.length; i++) {
      ConvGeometry g = geometry(GEOMETRIES[i], 1);
      for (int slack : new int[] {0, 40}) {
        Random random = new Random(i);
        int xo = i % 4;
        int co = i % 3;
        int size = g.groups() * g.windowSize() * g.positions();
        boolean unfolds = kernel.equals("im2col");
        float[] x = values(random, xo + g.imageSize() + slack, unfolds);
        float[] columns = values(random, co + size + slack, !unfolds);
        calls.accept(
            unfolds
                ? KernelCall.of(kernel, g, x, xo, columns, co)
                : KernelCall.of(kernel, g, columns, co, x, xo));
      }
    }
  }

  private static float[] values(Random random, int size, boolean infinite) {
    return infinite
        ? RandomArrays.rarelyInfinite(random, size)
        : RandomArrays.integers(random, size);
  }
}
