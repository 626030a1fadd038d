package io.github.purenet.plot;

import io.github.purenet.train.ClassificationReport;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Draws a {@link ConfusionMatrix}. */
final class ConfusionFigure extends Figure {
  private static final int PAD = 12;
  private static final int SMALLEST_TEXT = 8;
  private static final int BAR = 16;
  private static final double[] TICKS = {0, 0.01, 0.1, 0.25, 0.5, 1};

  private final ClassificationReport report;
  private final Theme theme;
  private final Layout layout;

  /** Sizes that follow from the numbers and the names. */
  private record Layout(String title, String note, int cell, int left, int top, int below) {
    static Layout of(ClassificationReport report) {
      long[][] counts = report.confusionMatrix();
      int k = report.classes();
      String title =
          String.format(
              Locale.ROOT,
              "Confusion matrix: %,d of %,d right (%.4f)",
              Math.round(report.accuracy() * report.samples()),
              report.samples(),
              report.accuracy());
      long missing = report.samples() - Stream.of(counts).flatMapToLong(LongStream::of).sum();
      String note =
          missing == 0
              ? ""
              : String.format(
                  Locale.ROOT, "%,d samples have NaN outputs and are in no cell", missing);
      double widest =
          Stream.of(counts)
              .flatMapToLong(LongStream::of)
              .mapToObj(Long::toString)
              .mapToDouble(text -> Lettering.width(Text.Style.BODY, text))
              .max()
              .orElse(0);
      double least = widest * SMALLEST_TEXT / 12 + 5;
      int cell = (int) Math.ceil(Math.max(least, Math.min(72, Math.max(19, 480.0 / k))));
      double names = names(report.classNames());
      int line = Text.Style.BODY.lineHeight();
      int top = PAD + Text.Style.TITLE.lineHeight() + PAD + (note.isEmpty() ? 0 : line);
      int below = (int) (turned(report, cell) ? names : line) + 3 * PAD + line;
      return new Layout(title, note, cell, (int) names + 2 * PAD + line + PAD, top, below);
    }

    int matrix(int classes) {
      return classes * cell;
    }

    int width(int classes) {
      int scale = 3 * PAD + 2 * BAR + (int) Lettering.width(Text.Style.NOTE, "0.25") + 2 * PAD;
      int heading =
          PAD
              + left
              + (int)
                  Math.max(
                      Lettering.width(Text.Style.TITLE, title) * 1.05,
                      Lettering.width(Text.Style.BODY, note));
      return Math.max(left + matrix(classes) + scale, heading + PAD);
    }

    int height(int classes) {
      return top + Math.max(matrix(classes), 120) + below;
    }
  }

  private ConfusionFigure(ClassificationReport report, Theme theme, Layout layout) {
    super(layout.width(report.classes()), layout.height(report.classes()));
    this.report = report;
    this.theme = theme;
    this.layout = layout;
  }

  static ConfusionFigure of(ClassificationReport report, Theme theme) {
    return new ConfusionFigure(report, theme, Layout.of(report));
  }

  /** Returns the width of the longest name, in any font of about this size. */
  private static double names(List<String> names) {
    return Math.ceil(
        1.05
            * names.stream()
                .mapToDouble(text -> Lettering.width(Text.Style.BODY, text))
                .max()
                .orElse(0));
  }

  private static boolean turned(ClassificationReport report, int cell) {
    return names(report.classNames()) > cell - 4;
  }

  @Override
  protected String title() {
    return layout.title;
  }

  @Override
  protected String description() {
    return "the number of samples of each class, in rows, that were predicted as each, in columns: "
        + String.join(", ", report.classNames());
  }

  /** Returns where the cells are. */
  Rectangle cells() {
    int size = layout.matrix(report.classes());
    return new Rectangle(layout.left, layout.top, size, size);
  }

  @Override
  protected void draw(Graphics2D g) {
    g.setColor(theme.background());
    g.fillRect(0, 0, width(), height());
    g.setColor(theme.text());
    double titleY = PAD + Text.Style.TITLE.lineHeight() / 2;
    Lettering.draw(g, Text.Style.TITLE, layout.title, layout.left, titleY, 0);
    g.setColor(theme.faint());
    Lettering.draw(
        g, Text.Style.BODY, layout.note, layout.left, titleY + Text.Style.TITLE.lineHeight(), 0);
    drawCells(g);
    drawNames(g);
    drawScale(g);
  }

  private void drawCells(Graphics2D g) {
    long[][] counts = report.confusionMatrix();
    int k = counts.length;
    double size = textSize(counts);
    g.setColor(theme.panel());
    g.fill(cells());
    for (int i = 0; i < k; i++) {
      long row = LongStream.of(counts[i]).sum();
      for (int j = 0; j < k; j++) {
        if (counts[i][j] > 0) {
          int x = layout.left + j * layout.cell;
          int y = layout.top + i * layout.cell;
          Color color = color(i == j, (double) counts[i][j] / row);
          g.setColor(color);
          g.fillRect(x, y, layout.cell, layout.cell);
          g.setColor(Colors.on(color));
          double half = layout.cell / 2.0;
          Lettering.drawSized(g, (float) size, Long.toString(counts[i][j]), x + half, y + half);
        }
      }
    }
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    for (int i = 0; i <= k; i++) {
      int at = i * layout.cell;
      g.drawLine(layout.left + at, layout.top, layout.left + at, layout.top + k * layout.cell);
      g.drawLine(layout.left, layout.top + at, layout.left + k * layout.cell, layout.top + at);
    }
  }

  /** Returns the size in which the longest number fits into a cell. */
  private double textSize(long[][] counts) {
    double widest =
        Stream.of(counts)
            .flatMapToLong(LongStream::of)
            .mapToObj(Long::toString)
            .mapToDouble(text -> Lettering.width(Text.Style.BODY, text))
            .max()
            .orElse(1);
    return Math.min(14, 12 * (layout.cell - 5) / widest);
  }

  private Color color(boolean right, double share) {
    return Colors.mix(theme.panel(), theme.series(right ? 0 : 1), Math.sqrt(share));
  }

  private void drawNames(Graphics2D g) {
    int k = report.classes();
    List<String> names = report.classNames();
    int bottom = layout.top + k * layout.cell;
    boolean turned = turned(report, layout.cell);
    double line = Text.Style.BODY.lineHeight();
    g.setColor(theme.text());
    for (int i = 0; i < k; i++) {
      double middle = (i + 0.5) * layout.cell;
      Lettering.draw(g, Text.Style.BODY, names.get(i), layout.left - PAD, layout.top + middle, 1);
      double x = layout.left + middle;
      if (turned) {
        Lettering.drawTurned(g, Text.Style.BODY, names.get(i), x, bottom + PAD, 1);
      } else {
        Lettering.draw(g, Text.Style.BODY, names.get(i), x, bottom + PAD / 2.0 + line / 2, 0.5);
      }
    }
    double center = k * layout.cell / 2.0;
    Lettering.drawTurned(
        g, Text.Style.BODY, "true class", PAD + line / 2, layout.top + center, 0.5);
    double titleY = bottom + layout.below - PAD - line / 2;
    Lettering.draw(g, Text.Style.BODY, "predicted class", layout.left + center, titleY, 0.5);
  }

  /** Draws the colors of both kinds of cells with the shares that they stand for. */
  private void drawScale(Graphics2D g) {
    int x = layout.left + layout.matrix(report.classes()) + 2 * PAD;
    int height = Math.max(110, Math.min(260, layout.matrix(report.classes()) - 40));
    int y = layout.top + 20;
    for (int i = 0; i < height; i++) {
      double share = Math.pow(1 - i / (height - 1.0), 2);
      g.setColor(color(true, share));
      g.fill(new Rectangle2D.Double(x, y + i, BAR, 1));
      g.setColor(color(false, share));
      g.fill(new Rectangle2D.Double(x + BAR, y + i, BAR, 1));
    }
    g.setColor(theme.text());
    Lettering.draw(g, Text.Style.NOTE, "share of row", x, y - 12, 0);
    for (double tick : TICKS) {
      double at = y + height * (1 - Math.sqrt(tick));
      Lettering.draw(g, Text.Style.NOTE, String.valueOf(tick), x + 2 * BAR + 6, at, 0);
    }
  }
}
