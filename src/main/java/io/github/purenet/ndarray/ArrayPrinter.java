package io.github.purenet.ndarray;

/**
 * A printer of arrays as NumPy 2.4 prints them with its default options: it sets the brackets, line
 * breaks and ellipses, and {@link FloatFormat} the numbers between them.
 */
final class ArrayPrinter {
  /** The most elements that are printed without a summary. */
  private static final int THRESHOLD = 1000;

  /** The number of entries that a summary shows at either end of an axis. */
  private static final int EDGE = 3;

  private static final int LINE_WIDTH = 75;

  private final NDArray array;
  private final boolean summarize;
  private final FloatFormat format;

  private ArrayPrinter(NDArray array) {
    this.array = array;
    this.summarize = array.size() > THRESHOLD;
    float[] shown = new float[shownSize()];
    int end = collect(0, 0, shown, 0);
    assert end == shown.length;
    this.format = FloatFormat.forColumn(shown);
  }

  static String print(NDArray array) {
    if (array.rank() == 0) {
      return FloatFormat.single(array.item());
    }
    if (array.size() == 0) {
      return "[]";
    }
    ArrayPrinter printer = new ArrayPrinter(array);
    return printer.block(0, 0, " ", LINE_WIDTH);
  }

  /** Returns an axis and all that follow it, in brackets; all lines but the first are indented. */
  private String block(int axis, int position, String indent, int width) {
    if (axis == array.rank() - 1) {
      return row(position, indent, width);
    }
    int n = array.dimension(axis);
    int stride = array.shape().product(axis + 1, array.rank());
    String lineBreak = "\n".repeat(array.rank() - 1 - axis) + indent;
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < n; i = next(i, n)) {
      text.append(i == 0 ? "" : lineBreak);
      text.append(block(axis + 1, position + i * stride, indent + " ", width - 1));
      text.append(cut(i, n) ? lineBreak + "..." : "");
    }
    return text.append(']').toString();
  }

  private String row(int position, String indent, int width) {
    int n = array.dimension(-1);
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < n; i = next(i, n)) {
      append(text, line, format.format(array.data()[position + i]), indent, width);
      if (cut(i, n)) {
        append(text, line, "...", indent, width);
      }
    }
    text.append(line.substring(0, line.length() - 1)); // without the last separator
    return "[" + text.substring(indent.length()) + "]";
  }

  /** Adds a word and a space to the line, on a new line if the word and a bracket do not fit. */
  private static void append(
      StringBuilder text, StringBuilder line, String word, String indent, int width) {
    if (line.length() + word.length() > width - 1 && line.length() > indent.length()) {
      text.append(line.toString().stripTrailing()).append('\n');
      line.setLength(0);
      line.append(indent);
    }
    line.append(word).append(' ');
  }

  /** Returns whether the summary leaves out what follows entry i of an axis of length n. */
  private boolean cut(int i, int n) {
    return summarize && n > 2 * EDGE && i == EDGE - 1;
  }

  /** Returns the entry to show after entry i of an axis of length n. */
  private int next(int i, int n) {
    return cut(i, n) ? n - EDGE : i + 1;
  }

  private int shownSize() {
    int size = 1;
    for (int axis = 0; axis < array.rank(); axis++) {
      int n = array.dimension(axis);
      size *= summarize ? Math.min(n, 2 * EDGE) : n;
    }
    return size;
  }

  /** Collects the numbers that are shown, to find a common format; returns the count so far. */
  private int collect(int axis, int position, float[] shown, int count) {
    if (axis == array.rank()) {
      shown[count] = array.data()[position];
      return count + 1;
    }
    int n = array.dimension(axis);
    int stride = array.shape().product(axis + 1, array.rank());
    int end = count;
    for (int i = 0; i < n; i = next(i, n)) {
      end = collect(axis + 1, position + i * stride, shown, end);
    }
    return end;
  }
}
