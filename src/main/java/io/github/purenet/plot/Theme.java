package io.github.purenet.plot;

import java.awt.Color;
import java.util.List;

/** The colors of a {@link Figure}: dark lines on white paper, or light ones on a dark page. */
public enum Theme {
  /** Dark on white, for paper and light pages. */
  LIGHT(
      new Color(0xffffff),
      new Color(0x1b1f24),
      new Color(0x59626d),
      new Color(0xd8dde3),
      new Color(0xf3f5f7),
      new Color(0x0072b2)),
  /** Light on black, for dark pages. */
  DARK(
      new Color(0x14171b),
      new Color(0xe8ebef),
      new Color(0xa3adb8),
      new Color(0x3a424b),
      new Color(0x1f2429),
      new Color(0x56b4e9));

  /**
   * The colors of Okabe and Ito 2008, <i>Color Universal Design</i>, which the color-blind tell
   * apart, in an order in which neighbors differ in brightness too.
   */
  private static final List<Color> SERIES =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9));

  /** The same hues, bright enough for thin lines on a dark page. */
  private static final List<Color> BRIGHT_SERIES =
      List.of(
          new Color(0x56b4e9),
          new Color(0xe8743b),
          new Color(0x2fbf94),
          new Color(0xd98cb7),
          new Color(0xf0b429),
          new Color(0xc3cbd6));

  private final Color background;
  private final Color text;
  private final Color faint;
  private final Color line;
  private final Color panel;
  private final Color accent;

  Theme(Color background, Color text, Color faint, Color line, Color panel, Color accent) {
    this.background = background;
    this.text = text;
    this.faint = faint;
    this.line = line;
    this.panel = panel;
    this.accent = accent;
  }

  /** Returns the color of the page. */
  Color background() {
    return background;
  }

  /** Returns the color of titles, labels and numbers. */
  Color text() {
    return text;
  }

  /** Returns the color of text that matters less. */
  Color faint() {
    return faint;
  }

  /** Returns the color of grid lines and frames. */
  Color line() {
    return line;
  }

  /** Returns the color of areas that stand out a little from the page. */
  Color panel() {
    return panel;
  }

  /** Returns the color of the one thing that matters most. */
  Color accent() {
    return accent;
  }

  /** Returns the color of the i-th series of a chart, i at least 0. */
  Color series(int i) {
    return (this == DARK ? BRIGHT_SERIES : SERIES).get(i % SERIES.size());
  }
}
