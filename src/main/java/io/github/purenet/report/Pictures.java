package io.github.purenet.report;

import io.github.purenet.html.Html;
import io.github.purenet.plot.Figure;
import io.github.purenet.plot.Theme;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

/** Writes figures into a page, each in a light and a dark form, of which the browser takes one. */
final class Pictures {
  private static final String DARK = "screen and (prefers-color-scheme: dark)";

  /** A figure of a larger height gets a page of its own when it is printed. */
  private static final int TALL = 640;

  private Pictures() {}

  /**
   * Writes a figure: as vectors if Batik is there, which are sharp when printed and need less space
   * even for pictures, and otherwise as pixels.
   *
   * @param alt what is to be seen, for those who cannot see it
   */
  static void figure(Html html, Function<Theme, Figure> drawing, String alt, String caption) {
    Figure light = drawing.apply(Theme.LIGHT);
    String source = source(light);
    String dark = source(drawing.apply(Theme.DARK));
    html.open("figure").open("picture");
    html.empty("source", "media", DARK, "srcset", dark);
    html.empty(
        "img",
        "src",
        source,
        "class",
        light.height() > TALL ? "tall" : null,
        "alt",
        alt,
        "width",
        String.valueOf(light.width()),
        "height",
        String.valueOf(light.height()));
    html.close("picture").element("figcaption", caption).close("figure").line();
  }

  private static String source(Figure figure) {
    try {
      return data("image/svg+xml", figure.svg().getBytes(StandardCharsets.UTF_8));
    } catch (IllegalStateException e) {
      return data("image/png", figure.png()); // without Batik
    }
  }

  private static String data(String type, byte[] bytes) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * Writes a part of a page that may turn out to be impossible for a network, and then says so
   * instead. The report of a long training is not to fail because of one figure.
   *
   * @param what what it is, the subject of a sentence
   * @param part writes it, and throws where it has opened no element
   */
  static void attempt(Html html, String what, Runnable part) {
    try {
      part.run();
    } catch (NoClassDefFoundError e) {
      missing(html, what + " cannot be drawn: XChart is not on the class path.");
    } catch (RuntimeException e) {
      missing(html, what + " cannot be shown: " + e.getMessage() + ".");
    }
  }

  /** Writes what stands in place of a figure or a section. */
  static void missing(Html html, String sentence) {
    html.element("p", sentence, "class", "none").line();
  }
}
