package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The lines of curves in a panel, with bands, marks and dashes. */
final class CurveLines {
  private static final float THIN = 1.2f;
  private static final float STRONG = 2.2f;
  private static final int MARK_SIZE = 8;

  /** The marks of training samples, and those of test samples, of one run after the other. */
  private static final List<Mark> HOLLOW =
      List.of(Mark.RING, Mark.OPEN_SQUARE, Mark.OPEN_TRIANGLE, Mark.OPEN_DIAMOND);

  private static final List<Mark> FILLED =
      List.of(Mark.CIRCLE, Mark.SQUARE, Mark.TRIANGLE, Mark.DIAMOND);

  /** As many points of a line as can be told apart. */
  private static final int MOST_POINTS = 600;

  /** As many marks on a line as can be told apart; the book has one on every second epoch. */
  private static final int MOST_MARKS = 30;

  private CurveLines() {}

  /** Returns the mark of training samples of a run. */
  static Mark hollow(int run) {
    return HOLLOW.get(run % HOLLOW.size());
  }

  /** Returns the mark of test samples of a run. */
  static Mark filled(int run) {
    return FILLED.get(run % FILLED.size());
  }

  /** Adds a line with marks, if there is a number. */
  static void addMarked(Panel panel, String name, Curve curve, Color color, Mark mark) {
    if (DoubleStream.of(curve.mean()).noneMatch(Double::isFinite)) {
      return;
    }
    BasicStroke stroke = new BasicStroke(HOLLOW.contains(mark) ? THIN : STRONG);
    addLine(panel, curve, color, stroke);
    double[] x = Curve.places(curve.mean());
    double[] y = panel.shown(curve.mean());
    int every = Math.max(2, (y.length + MOST_MARKS - 1) / MOST_MARKS);
    int[] marked =
        IntStream.range(0, y.length)
            .filter(i -> isAlone(y, i) || (i % every == 0 && !Double.isNaN(y[i])))
            .toArray();
    panel.add(Series.marks(Curve.pick(x, marked), Curve.pick(y, marked), color, mark, MARK_SIZE));
    panel.legend().add(name, color, stroke, mark);
  }

  /** Adds a line, over a band if the curve is of several runs. */
  static void addLine(Panel panel, Curve curve, Color color, BasicStroke stroke) {
    double[] x = Curve.places(curve.mean());
    if (curve.low() != curve.mean()) {
      int[] few = Curve.outline(curve.high(), MOST_POINTS / 4);
      panel.add(
          Series.band(
              Curve.pick(x, few),
              panel.shown(Curve.pick(curve.low(), few)),
              panel.shown(Curve.pick(curve.high(), few)),
              Colors.translucent(color, 0.2)));
    }
    double[] y = panel.shown(curve.mean());
    int[] few = Curve.outline(y, MOST_POINTS);
    panel.add(Series.line(Curve.pick(x, few), Curve.pick(y, few), color, stroke));
  }

  /** Adds a dot for each number to which no line leads. */
  static void addDots(Panel panel, Curve curve, Color color) {
    double[] x = Curve.places(curve.mean());
    double[] y = panel.shown(curve.mean());
    int[] alone = IntStream.range(0, y.length).filter(i -> isAlone(y, i)).toArray();
    panel.add(Series.marks(Curve.pick(x, alone), Curve.pick(y, alone), color, Mark.CIRCLE, 6));
  }

  /** Returns whether a number has no neighbor to which a line leads. */
  private static boolean isAlone(double[] y, int i) {
    return !Double.isNaN(y[i])
        && (i == 0 || Double.isNaN(y[i - 1]))
        && (i == y.length - 1 || Double.isNaN(y[i + 1]));
  }

  /** Returns the strong line of a run. */
  static BasicStroke dashes(int i) {
    float[][] dashes = {null, {9, 5}, {3, 4}, {9, 4, 2, 4}, {16, 5}};
    float[] dash = dashes[i % dashes.length];
    return new BasicStroke(STRONG, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
  }
}
