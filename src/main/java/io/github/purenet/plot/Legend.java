package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The legend of a panel. */
final class Legend {
  private static final int SAMPLE = 28;
  private static final int PAD = 8;

  /** A longer one would hide too much. */
  private static final int MOST_INSIDE = 6;

  /** As many characters of a name as are shown. */
  private static final int LONGEST = 36;

  private final Theme theme;
  private final List<Entry> entries = new ArrayList<>();
  private Place place = Place.UPPER_RIGHT;

  /** Where a legend is. */
  enum Place {
    /** In the upper right corner of the frame, or in one where it hides less. */
    UPPER_RIGHT(0),
    /** In the lower right corner of the frame, or in one where it hides less. */
    LOWER_RIGHT(1),
    /** In the upper left corner of the frame, or in one where it hides less. */
    UPPER_LEFT(2),
    /** Right of the frame. */
    BESIDE(0),
    /** In one line above the frame. */
    ABOVE(0);

    private final int corner;

    Place(int corner) {
      this.corner = corner;
    }
  }

  /** What a name stands for: a line, a mark or both, or an area if it has neither. */
  private record Entry(String name, Color color, BasicStroke stroke, Mark mark) {
    double width() {
      return PAD
          + SAMPLE
          + PAD
          + 1.03 * Lettering.width(Text.Style.BODY, name); // fonts of one name differ
    }
  }

  Legend(Theme theme) {
    this.theme = theme;
  }

  /** Adds a name; stroke and mark may be null. */
  void add(String name, Color color, BasicStroke stroke, Mark mark) {
    entries.add(new Entry(shortened(name), color, stroke, mark));
  }

  /** Returns a name, without its middle if it is long. */
  private static String shortened(String name) {
    int length = name.codePointCount(0, name.length());
    if (length <= LONGEST) {
      return name;
    }
    int head = name.offsetByCodePoints(0, LONGEST / 2);
    int tail = name.offsetByCodePoints(0, length - LONGEST / 2 + 1);
    return name.substring(0, head) + "\u2026" + name.substring(tail);
  }

  /** Returns the names. */
  List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /** Sets the place; a legend that is too long for a corner is beside in any case. */
  void at(Place wanted) {
    place = wanted;
  }

  private Place place() {
    boolean fits = entries.size() <= MOST_INSIDE || place == Place.ABOVE;
    return fits ? place : Place.BESIDE;
  }

  /** Returns the space that is needed right of the frame. */
  double widthBeside() {
    return entries.isEmpty() || place() != Place.BESIDE ? 0 : width();
  }

  /** Returns the space that is needed above the frame. */
  double heightAbove() {
    return entries.isEmpty() || place() != Place.ABOVE ? 0 : line();
  }

  private double width() {
    return Math.ceil(PAD + entries.stream().mapToDouble(Entry::width).max().orElse(0));
  }

  private static double line() {
    return Text.Style.BODY.lineHeight();
  }

  /** Draws this legend for a frame, where there are points that it should not hide. */
  void draw(Graphics2D g, Rectangle frame, List<Point2D> points) {
    if (entries.isEmpty()) {
      return;
    }
    double height = line() * entries.size() + PAD;
    switch (place()) {
      case ABOVE -> drawAbove(g, frame.getMinX() - PAD, frame.getMinY() - line());
      case BESIDE -> drawEntries(g, frame.getMaxX(), frame.getMinY());
      default -> drawInside(g, frame, height, points);
    }
  }

  private void drawInside(Graphics2D g, Rectangle frame, double height, List<Point2D> points) {
    double left = frame.getMinX() + PAD;
    double right = frame.getMaxX() - PAD - width();
    double top = frame.getMinY() + PAD;
    double bottom = frame.getMaxY() - PAD - height;
    List<Rectangle2D> boxes = new ArrayList<>(); // those that are preferred come first
    boxes.add(box(right, top, height));
    boxes.add(box(right, bottom, height));
    boxes.add(box(left, top, height));
    boxes.add(box(left, bottom, height));
    Collections.swap(boxes, 0, place().corner);
    Rectangle2D box =
        boxes.stream().min(Comparator.comparingLong(b -> hidden(b, points))).orElseThrow();
    g.setColor(Colors.translucent(theme.background(), 0.85));
    g.fill(box);
    g.setColor(theme.line());
    g.setStroke(new BasicStroke(1));
    g.draw(box);
    drawEntries(g, box.getMinX(), box.getMinY() + PAD / 2.0);
  }

  /** Returns how many points are in a box or so near that they seem to be. */
  private static long hidden(Rectangle2D box, List<Point2D> points) {
    Rectangle2D around =
        new Rectangle2D.Double(
            box.getX() - PAD,
            box.getY() - PAD,
            box.getWidth() + 2 * PAD,
            box.getHeight() + 2 * PAD);
    return points.stream().filter(around::contains).count();
  }

  private Rectangle2D box(double x, double y, double height) {
    return new Rectangle2D.Double(x, y, width(), height);
  }

  private void drawEntries(Graphics2D g, double x, double y) {
    for (int i = 0; i < entries.size(); i++) {
      drawEntry(g, entries.get(i), x + PAD, y + line() * (i + 0.5));
    }
  }

  private void drawAbove(Graphics2D g, double left, double top) {
    double x = left;
    for (Entry entry : entries) {
      drawEntry(g, entry, x + PAD, top + line() / 2 - 2);
      x += entry.width() + PAD;
    }
  }

  private void drawEntry(Graphics2D g, Entry entry, double x, double y) {
    g.setColor(entry.color);
    if (entry.stroke != null) {
      g.setStroke(entry.stroke);
      g.draw(new Line2D.Double(x, y, x + SAMPLE, y));
    }
    if (entry.mark != null) {
      entry.mark.draw(g, x + SAMPLE / 2.0, y, 8);
    }
    if (entry.stroke == null && entry.mark == null) {
      g.fill(new Rectangle2D.Double(x, y - 5, SAMPLE, 10));
    }
    g.setColor(theme.text());
    Lettering.draw(g, Text.Style.BODY, entry.name, x + SAMPLE + PAD, y, 0);
  }
}
