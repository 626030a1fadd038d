package io.github.purenet.plot;

import java.util.function.Function;

/**
 * A figure of the chapter with the text beside it.
 *
 * @param name the name of its file, without an ending
 * @param section the section of the chapter that it belongs to
 * @param title what it shows, in a few words
 * @param text what there is to see
 * @param drawing draws it in the colors of a theme
 */
record ChapterFigure(
    String name, String section, String title, String text, Function<Theme, Figure> drawing) {
  /** Returns the name of its file in light colors. */
  String light() {
    return name + ".svg";
  }

  /** Returns the name of its file in dark colors. */
  String dark() {
    return name + "-dark.svg";
  }
}
