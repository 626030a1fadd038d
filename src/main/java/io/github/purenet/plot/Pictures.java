package io.github.purenet.plot;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;

/** Writes figures into a page, each in a light and a dark form, of which the browser takes one. */
final class Pictures {
  private static final String DARK = "screen and (prefers-color-scheme: dark)";

  private Pictures() {}

  /** Writes a figure of lines and text, as vectors if Batik is there. */
  static void chart(Html html, Function<Theme, Figure> drawing, String alt, String caption) {
    write(html, drawing, alt, caption, true);
  }

  /** Writes a figure of pixels. */
  static void grid(Html html, Function<Theme, Figure> drawing, String alt, String caption) {
    write(html, drawing, alt, caption, false);
  }

  private static void write(
      Html html, Function<Theme, Figure> drawing, String alt, String caption, boolean vectors) {
    Figure light;
    String source;
    String dark;
    try {
      light = drawing.apply(Theme.LIGHT);
      source = source(light, vectors);
      dark = source(drawing.apply(Theme.DARK), vectors);
    } catch (IllegalArgumentException | IllegalStateException e) {
      missing(html, caption + " It cannot be drawn: " + e.getMessage() + ".");
      return;
    } catch (NoClassDefFoundError e) {
      missing(html, caption + " It cannot be drawn without XChart on the class path.");
      return;
    }
    html.open("figure").open("picture");
    html.empty("source", "media", DARK, "srcset", dark);
    html.empty(
        "img",
        "src",
        source,
        "alt",
        alt,
        "width",
        String.valueOf(light.width()),
        "height",
        String.valueOf(light.height()));
    html.close("picture").element("figcaption", caption).close("figure").line();
  }

  private static String source(Figure figure, boolean vectors) {
    if (vectors) {
      try {
        return data("image/svg+xml", figure.svg().getBytes(StandardCharsets.UTF_8));
      } catch (IllegalStateException e) {
        // without Batik, pixels will do
      }
    }
    return data("image/png", figure.png());
  }

  private static String data(String type, byte[] bytes) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }

  /** Writes what stands in place of a figure or a section. */
  static void missing(Html html, String sentence) {
    html.element("p", sentence, "class", "none").line();
  }
}
