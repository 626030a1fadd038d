package io.github.purenet.plot;

import static java.util.stream.Collectors.joining;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A chart of one pair of axes: a frame with ticks, series in it, and a legend. */
final class Panel {
  private static final int GAP = 8;

  private final Axis x;
  private final Axis y;
  private final Theme theme;
  private final List<Series> series = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private final Legend legend;
  private boolean sharedBelow;
  private boolean gridY = true;
  private double reserved;

  /** A text at a point. */
  private record Label(String text, double x, double y, double anchor, boolean rimmed) {}

  Panel(Axis x, Axis y, Theme theme) {
    this.x = x;
    this.y = y;
    this.theme = theme;
    this.legend = new Legend(theme);
  }

  Theme theme() {
    return theme;
  }

  Legend legend() {
    return legend;
  }

  /** Returns what this panel shows, in words. */
  String description() {
    String axes =
        Stream.of(y.title(), x.title()).filter(t -> !t.isEmpty()).collect(joining(" by "));
    return axes + (legend.names().isEmpty() ? "" : ": " + String.join(", ", legend.names()));
  }

  /** Adds series, on top of those before. */
  void add(Series added) {
    series.add(added);
  }

  /** Adds a text at a point; {@code anchor} of its width is left of it. */
  void label(String text, double atX, double atY, double anchor) {
    labels.add(new Label(text, atX, atY, anchor, false));
  }

  /** Adds a text on points, around which it has a rim. */
  void rimmedLabel(String text, double atX, double atY) {
    labels.add(new Label(text, atX, atY, 0.5, true));
  }

  /** Draws no lines at the ticks of the y axis. */
  void withoutGridY() {
    gridY = false;
  }

  /** Leaves the labels of the x axis to a panel below. */
  void shareBelow() {
    sharedBelow = true;
  }

  /** Keeps space right of the frame, for labels. */
  void reserveRight(double space) {
    reserved = space;
  }

  /** Returns the space that is needed left of the frame. */
  int left() {
    double widest =
        y.labels().stream()
            .mapToDouble(text -> Lettering.width(Text.Style.BODY, text))
            .max()
            .orElse(0);
    double title = y.title().isEmpty() ? 0 : Text.Style.BODY.lineHeight() + GAP;
    return (int) Math.ceil(title + widest + 2 * GAP);
  }

  /** Returns the space that is needed right of the frame. */
  int right() {
    int last = x.labels().size() - 1;
    double half = last < 0 ? 0 : Lettering.width(Text.Style.BODY, x.labels().get(last)) / 2;
    double over = half - (last < 0 ? 0 : 1 - x.at(x.ticks()[last])) * 200;
    return (int) Math.ceil(Math.max(over, 0) + GAP + legend.widthBeside() + reserved);
  }

  /** Returns the space that is needed above the frame. */
  int above() {
    return (int) Math.ceil(legend.heightAbove());
  }

  /** Returns the space that is needed below the frame. */
  int below() {
    return sharedBelow
        ? 2 * GAP
        : (int) (Text.Style.BODY.lineHeight() * (x.title().isEmpty() ? 1 : 2) + 1.5 * GAP);
  }

  /** Draws this panel, whose frame is the given rectangle. */
  void draw(Graphics2D g, Rectangle frame) {
    g.setColor(theme.panel());
    g.fill(frame);
    drawGrid(g, frame);
    XChartSeries.draw(g, frame, x, y, series);
    g.setColor(theme.faint());
    g.setStroke(new BasicStroke(1));
    g.draw(frame);
    drawTicks(g, frame);
    drawLabels(g, frame);
    List<Point2D> points = points(frame);
    if (points.isEmpty()) {
      g.setColor(theme.faint());
      Lettering.draw(
          g, Text.Style.BODY, "no numbers to show", frame.getCenterX(), frame.getCenterY(), 0.5);
    }
    legend.draw(g, frame, points);
  }

  private void drawGrid(Graphics2D g, Rectangle frame) {
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    for (double tick : x.ticks()) {
      double at = across(frame, tick);
      g.draw(new Line2D.Double(at, frame.getMinY(), at, frame.getMaxY()));
    }
    for (double tick : gridY ? y.ticks() : new double[0]) {
      double at = up(frame, tick);
      g.draw(new Line2D.Double(frame.getMinX(), at, frame.getMaxX(), at));
    }
  }

  private void drawTicks(Graphics2D g, Rectangle frame) {
    g.setColor(theme.text());
    for (int i = 0; i < y.ticks().length; i++) {
      double at = up(frame, y.ticks()[i]);
      Lettering.draw(g, Text.Style.BODY, y.labels().get(i), frame.getMinX() - GAP, at, 1);
    }
    double titleX = frame.getMinX() - left() + Text.Style.BODY.lineHeight() / 2.0 + 2;
    Lettering.drawTurned(g, Text.Style.BODY, y.title(), titleX, frame.getCenterY(), 0.5);
    if (!sharedBelow) {
      double line = Text.Style.BODY.lineHeight();
      double labelY = frame.getMaxY() + GAP + line / 2;
      for (int i = 0; i < x.ticks().length; i++) {
        Lettering.draw(
            g, Text.Style.BODY, x.labels().get(i), across(frame, x.ticks()[i]), labelY, 0.5);
      }
      Lettering.draw(g, Text.Style.BODY, x.title(), frame.getCenterX(), labelY + line, 0.5);
    }
  }

  private void drawLabels(Graphics2D g, Rectangle frame) {
    List<Rectangle2D> taken = new ArrayList<>();
    g.setColor(theme.text());
    for (Label label : labels) {
      double atX = across(frame, label.x);
      double atY = up(frame, label.y);
      if (label.rimmed) {
        Rectangle2D box = free(label.text, atX, atY, taken);
        taken.add(box);
        Lettering.drawRimmed(
            g, Text.Style.TITLE, label.text, atX, box.getCenterY(), theme.background());
      } else {
        Lettering.draw(g, Text.Style.NOTE, label.text, atX, atY, label.anchor);
      }
    }
  }

  /** Returns a place for a text near a point, above or below of other texts. */
  private static Rectangle2D free(String text, double x, double y, List<Rectangle2D> taken) {
    double width = Lettering.width(Text.Style.TITLE, text);
    double height = Text.Style.TITLE.lineHeight();
    return IntStream.of(0, 1, -1, 2, -2, 3, -3)
        .mapToObj(
            i ->
                (Rectangle2D)
                    new Rectangle2D.Double(
                        x - width / 2, y - height / 2 + i * 0.6 * height, width, 0.9 * height))
        .filter(box -> taken.stream().noneMatch(box::intersects))
        .findFirst()
        .orElse(new Rectangle2D.Double(x - width / 2, y - height / 2, width, 0.9 * height));
  }

  private double across(Rectangle frame, double value) {
    return frame.getMinX() + x.at(value) * frame.width;
  }

  private double up(Rectangle frame, double value) {
    return frame.getMaxY() - y.at(value) * frame.height;
  }

  /** Returns where the series are, which a legend should not hide. */
  private List<Point2D> points(Rectangle frame) {
    return series.stream()
        .flatMap(
            s ->
                IntStream.range(0, s.x().length)
                    .filter(i -> !Double.isNaN(s.y()[i]))
                    .mapToObj(
                        i ->
                            (Point2D)
                                new Point2D.Double(across(frame, s.x()[i]), up(frame, s.y()[i]))))
        .toList();
  }

  /** Returns numbers without those that the y axis cannot show. */
  double[] shown(double[] numbers) {
    return Arrays.stream(numbers)
        .map(v -> Double.isInfinite(v) || (y.isLogarithmic() && v <= 0) ? Double.NaN : v)
        .toArray();
  }
}
