package io.github.purenet.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Convolutions, each row of the table breaking one shortcut, with every epilogue that fits. */
final class ConvolutionCalls {

  /**
   * C, H, W, FH, FW, stride down and right, pad at the top and left; then, where they are not 1,
   * dilation down and right and groups; then, where they differ, pad at the bottom and right.
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
    {2, 6, 7, 3, 2, 1, 1, 1, 0, 1, 1, 1, 0, 2}, // a pad for each side
    {1, 5, 9, 2, 4, 1, 1, 0, 0, 1, 1, 1, 1, 2}, // none at the top and left
    {1, 9, 5, 4, 2, 1, 1, 3, 1, 1, 1, 1, 0, 0}, // none at the bottom and right
    {2, 3, 4, 3, 3, 1, 1, 4, 0, 1, 1, 1, 0, 3}, // one pad larger than the window
    {1, 4, 3, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 0}, // 1 by 1
    {2, 9, 10, 3, 3, 2, 2, 0, 0, 1, 1, 1, 1, 1}, // with a stride
    {4, 8, 9, 2, 3, 1, 3, 2, 1, 3, 2, 2, 0, 4}, // with dilation and groups
    {3, 9, 8, 3, 3, 1, 1, 0, 2, 1, 1, 3, 1, 0}, // depth-wise
    {5, 12, 12, 11, 11, 1, 1, 2, 0, 1, 1, 1, 0, 4}, // three slices
  };

  /** The same with sums of more than 9,216 numbers under a window. */
  private static final int[][] LARGE_WINDOWS = {
    {1, 98, 97, 97, 96, 1, 1, 0, 0},
    {2, 98, 97, 97, 96, 1, 1, 0, 0, 1, 1, 2}, // depth-wise
    {1030, 4, 3, 3, 3, 1, 1, 0, 0}, // 9,270
    {2060, 4, 3, 3, 3, 1, 1, 0, 0, 1, 1, 2},
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
    ConvolutionCalls all = new ConvolutionCalls(calls, call -> {});
    all.all();
    for (int[] row : LARGE_WINDOWS) {
      for (int filters : new int[] {1, 3}) {
        all.add(geometry(row, 2, filters), Epilogue.NONE, Kind.INTEGERS);
        all.add(geometry(row, 1, filters), new Epilogue(true, 2, 1), Kind.INTEGERS);
      }
    }
  }

  static void forEachBackward(Consumer<KernelCall> calls) {
    new ConvolutionCalls(call -> {}, calls).all();
  }

  /** Convolutions of several tasks, on numbers whose sums depend on their order. */
  static List<KernelCall> whoseOrderShows() {
    List<KernelCall> found = new ArrayList<>();
    ConvolutionCalls calls = new ConvolutionCalls(found::add, found::add);
    for (Epilogue epilogue : epilogues(28, 28)) {
      calls.add(geometry(GEOMETRIES[21], 13, 9), epilogue, Kind.NORMAL);
    }
    Window same = new Window(3, 3).pad(1, 1);
    Window halving = new Window(3, 3).stride(2, 2);
    calls.add(new ConvGeometry(1, 1, 50, 50, same, 33, 1), Epilogue.NONE, Kind.NORMAL);
    calls.add(new ConvGeometry(3, 8, 14, 14, same, 16, 1), Epilogue.NONE, Kind.NORMAL);
    calls.add(new ConvGeometry(17, 2, 9, 9, halving, 40, 1), Epilogue.NONE, Kind.NORMAL);
    Window window = new Window(3, 3).pad(2, 2).dilation(2, 2);
    for (Epilogue epilogue : epilogues(30, 30)) {
      calls.add(new ConvGeometry(9, 8, 30, 30, window, 16, 2), epilogue, Kind.NORMAL);
      calls.add(new ConvGeometry(9, 8, 30, 30, window, 8, 8), epilogue, Kind.NORMAL);
    }
    return found;
  }

  static ConvGeometry geometry(int[] row, int n, int filtersOfGroup) {
    boolean more = row.length > 9;
    boolean bySide = row.length > 12;
    Window window =
        new Window(row[3], row[4])
            .stride(row[5], row[6])
            .pad(row[7], row[8], bySide ? row[12] : row[7], bySide ? row[13] : row[8]);
    int groups = more ? row[11] : 1;
    return new ConvGeometry(
        n,
        row[0],
        row[1],
        row[2],
        more ? window.dilation(row[9], row[10]) : window,
        groups * filtersOfGroup,
        groups);
  }

  private static List<Epilogue> epilogues(int oh, int ow) {
    List<Epilogue> epilogues = new ArrayList<>();
    for (int[] pool : POOLS) {
      if (pool[0] <= oh && pool[1] <= ow) {
        epilogues.add(new Epilogue(false, pool[0], pool[1]));
        epilogues.add(new Epilogue(true, pool[0], pool[1]));
      }
    }
    return epilogues;
  }

  private void all() {
    for (int[] row : GEOMETRIES) {
      ConvGeometry one = geometry(row, 1, 1);
      for (Epilogue epilogue : epilogues(one.oh(), one.ow())) {
        int n = BATCHES[count % BATCHES.length];
        add(geometry(row, n, FILTERS[count % FILTERS.length]), epilogue, Kind.INTEGERS);
        add(geometry(row, n, FILTERS[count % FILTERS.length]), epilogue, Kind.NORMAL);
        add(geometry(row, 1, 1 + count % 3), epilogue, Kind.INFINITE);
        if (one.groups() > 1) { // depth-wise with one filter a channel has a path of its own
          for (Kind kind : Kind.values()) {
            add(geometry(row, n, 1), epilogue, kind);
          }
        }
      }
    }
    ConvGeometry severalTasks = new ConvGeometry(2, 1, 50, 50, new Window(3, 3).pad(1, 1), 33, 1);
    for (Epilogue epilogue : epilogues(50, 50)) {
      add(severalTasks, epilogue, Kind.INTEGERS);
    }
    Epilogue book = new Epilogue(true, 2, 2);
    for (int fn : new int[] {255, 256, 257, 300}) { // filters are the inner dimension of dx
      ConvGeometry small = new ConvGeometry(2, 3, 4, 4, new Window(3, 3), fn, 1);
      add(small, Epilogue.NONE, Kind.INTEGERS);
      add(small, book, Kind.INTEGERS);
    }
    for (int n : new int[] {7, 8, 9, 15, 16, 17}) { // pieces of the batch
      ConvGeometry g = new ConvGeometry(n, 1, 6, 6, new Window(3, 3), 3, 1);
      add(g, book, Kind.INTEGERS);
      add(g, Epilogue.NONE, Kind.INTEGERS);
    }
    withLongSums();
  }

  /** Sums of more than 9,216 numbers: over positions, images and filters. */
  private void withLongSums() {
    Window one = new Window(1, 1);
    List<ConvGeometry> geometries =
        List.of(
            new ConvGeometry(1, 2, 97, 98, one, 3, 1),
            new ConvGeometry(1, 1, 98, 97, new Window(2, 3).pad(1, 1), 2, 1),
            new ConvGeometry(2, 2, 46, 47, new Window(23, 23), 3, 1), // fold adds 529 rows
            new ConvGeometry(4200, 1, 2, 1, one, 3, 1),
            new ConvGeometry(1, 1, 2, 2, one, 9300, 1),
            new ConvGeometry(1, 2, 2, 3, one.stride(1, 2), 9300, 1));
    for (ConvGeometry g : geometries) {
      count = 0; // dx is wanted
      add(g, Epilogue.NONE, Kind.INTEGERS);
      if (g.oh() > 1) {
        add(g, new Epilogue(g.c() == 1, 2, 1), Kind.INTEGERS);
      }
    }
    ConvGeometry manyMaxima = new ConvGeometry(1, 2, 140, 140, new Window(2, 2), 2, 1);
    add(manyMaxima, new Epilogue(true, 1, 2), Kind.INTEGERS);
    add(manyMaxima, new Epilogue(false, 1, 2), Kind.INTEGERS);
  }

  private enum Kind {
    INTEGERS,
    NORMAL,
    INFINITE
  }

  private void add(ConvGeometry g, Epilogue epilogue, Kind kind) {
    Random random = new Random(count);
    int slack = count / 2 % 2 == 0 ? 0 : 40;
    boolean wantsDx = count / 3 % 2 == 0;
    count++;
    int fn = g.fn();
    int outputs = g.n() * fn * (g.oh() / epilogue.poolH()) * (g.ow() / epilogue.poolW());
    int k = g.windowSize();
    float[] x = numbers(random, g.n() * g.imageSize(), slack, kind);
    float[] w = numbers(random, fn * k, slack, kind == Kind.NORMAL ? kind : Kind.INTEGERS);
    float[] b = numbers(random, fn, slack, Kind.INTEGERS);
    float[] y = numbers(random, outputs, slack, Kind.INTEGERS);
    float[] phases = new float[outputs + slack];

    // Where a maximum came from is compared on integers only: rounding decides between near ones.
    boolean pooled = epilogue.phases() > 1;
    float[] compared = pooled && kind == Kind.INTEGERS ? phases : null;
    double tolerance = kind == Kind.NORMAL ? 1e-6 + 6e-7 * k : 0;
    forward.accept(KernelCall.of("convolve", g, x, w, b, epilogue, y, compared).within(tolerance));
    if (kind == Kind.INTEGERS && pooled && count % 2 == 0) {
      forward.accept(KernelCall.of("convolve", g, x, w, b, epilogue, y, null));
    }
    if (kind == Kind.INTEGERS && count % 3 == 0) {
      forward.accept(KernelCall.of("convolve", g, x, w, null, epilogue, y, compared));
    }

    if (kind == Kind.INFINITE) { // what 0 times infinity is depends on the order
      x = numbers(random, g.n() * g.imageSize(), slack, Kind.INTEGERS);
    }
    float[] left = pooled ? phases : null;
    new NaiveKernels().convolve(g, x, w, b, epilogue, y, left);
    float[] dy = numbers(random, outputs, slack, kind);
    float[] dw = numbers(random, fn * k, slack, Kind.INTEGERS);
    float[] db = numbers(random, fn, slack, Kind.INTEGERS);
    float[] dx = numbers(random, g.n() * g.imageSize(), slack, Kind.INTEGERS);
    int terms = g.n() * g.positions() + fn * k;
    backward.accept(
        KernelCall.of(
                "convolveBackward", g, x, w, epilogue, y, left, dy, dw, db, wantsDx ? dx : null)
            .within(kind == Kind.NORMAL ? 1e-6 + 6e-7 * terms : 0));
    if (kind == Kind.INTEGERS && wantsDx && count % 2 == 0) {
      backward.accept(
          KernelCall.of("convolveBackward", g, x, w, epilogue, y, left, dy, null, null, dx));
      backward.accept(
          KernelCall.of("convolveBackward", g, x, w, epilogue, y, left, dy, dw, null, dx));
    }
  }

  private static float[] numbers(Random random, int size, int slack, Kind kind) {
    return RandomArrays.before(
        slack,
        switch (kind) {
          case INTEGERS -> RandomArrays.integers(random, size);
          case NORMAL -> RandomArrays.normal(random, size);
          case INFINITE -> RandomArrays.rarelyInfinite(random, size);
        });
  }

  /** im2col and col2im of every geometry. */
  static void forEachUnfolding(String kernel, Consumer<KernelCall> calls) {
    for (int i = 0; i < GEOMETRIES.length; i++) {
      for (int n : new int[] {1, 0, 2, 5}) {
        for (int slack : new int[] {0, 40}) {
          ConvGeometry g = geometry(GEOMETRIES[i], n, 1);
          Random random = new Random(i);
          int size = n * g.groups() * g.windowSize() * g.positions();
          boolean unfolds = kernel.equals("im2col");
          float[] x = numbers(random, n * g.imageSize(), slack, kind(unfolds));
          float[] columns = numbers(random, size, slack, kind(!unfolds));
          calls.accept(
              unfolds
                  ? KernelCall.of(kernel, g, x, columns)
                  : KernelCall.of(kernel, g, columns, x));
        }
      }
    }
  }

  private static Kind kind(boolean infinite) {
    return infinite ? Kind.INFINITE : Kind.INTEGERS;
  }
}
