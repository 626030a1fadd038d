package io.github.purenet.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;

/** Lines of text, broken where they are longer than the width that they have. */
record Text(List<String> lines, Style style) implements Part {

  /** How a text looks. */
  enum Style {
    TITLE(Font.BOLD, 15, 22, false),
    HEADING(Font.BOLD, 12, 17, false),
    BODY(Font.PLAIN, 12, 17, false),
    NOTE(Font.PLAIN, 11, 16, true);

    @SuppressWarnings("ImmutableEnumChecker") // fonts do not change
    private final Font font;

    private final int lineHeight;
    private final boolean faint;

    Style(int weight, int size, int lineHeight, boolean faint) {
      this.font = new Font(Font.SANS_SERIF, weight, size);
      this.lineHeight = lineHeight;
      this.faint = faint;
    }

    Font font() {
      return font;
    }

    int lineHeight() {
      return lineHeight;
    }

    /** Returns the width of a line, with room for a font that is a little wider than this one. */
    int width(String line) {
      return (int) Math.ceil(1.06 * font.getStringBounds(line, CONTEXT).getWidth());
    }

    void draw(Graphics2D g, String line, int x, int y, Theme theme) {
      draw(g, line, x, y, faint ? theme.faint() : theme.text());
    }

    void draw(Graphics2D g, String line, int x, int y, Color color) {
      g.setFont(font);
      g.setColor(color);
      if (!line.isEmpty()) {
        g.drawString(line, x, y + Math.round(lineHeight / 2f + font.getSize() * 0.36f));
      }
    }
  }

  /** Measures are the same wherever text is drawn. */
  static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

  /**
   * Returns a text, whose own line breaks stay, in lines of at most the given width. Other control
   * characters, which XML does not have, become spaces.
   */
  static Text of(String text, Style style, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : text.replaceAll("[\\p{Cntrl}&&[^\n]]", " ").split("\n", -1)) {
      wrap(line, style, width, lines);
    }
    return new Text(List.copyOf(lines), style);
  }

  /** Returns a text without line breaks of its own making. */
  static Text of(String text, Style style) {
    return of(text, style, Integer.MAX_VALUE);
  }

  private static void wrap(String text, Style style, int width, List<String> lines) {
    String rest = text;
    while (rest.codePointCount(0, rest.length()) > 1 && style.width(rest) > width) {
      int end = fitting(rest, style, width);
      int space = rest.lastIndexOf(' ', end);
      boolean atSpace = space > 0;
      lines.add(rest.substring(0, atSpace ? space : end));
      rest = rest.substring(atSpace ? space + 1 : end);
    }
    lines.add(rest);
  }

  /** Returns the index behind the last character that fits into a line, at least one. */
  private static int fitting(String text, Style style, int width) {
    int end = text.offsetByCodePoints(0, 1);
    int next = end;
    while (style.width(text.substring(0, next)) <= width) {
      end = next;
      next = text.offsetByCodePoints(end, 1); // the whole text does not fit
    }
    return end;
  }

  @Override
  public int width() {
    return lines.stream().mapToInt(style::width).max().orElse(0);
  }

  @Override
  public int height() {
    return lines.size() * style.lineHeight;
  }

  @Override
  public void draw(Graphics2D g, int x, int y, Theme theme) {
    for (int i = 0; i < lines.size(); i++) {
      style.draw(g, lines.get(i), x, y + i * style.lineHeight, theme);
    }
  }
}
