package io.github.purenet.plot;

import io.github.purenet.html.Html;
import java.util.List;

/** The page of the chapter: its figures in order, with the text beside them. */
final class ChapterPage {
  private static final String TITLE = "Chapter 7, drawn";

  /** A column of text beside the figures, which are white or dark as the page is. */
  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { margin: 0 auto; max-width: 72rem; padding: 1.5rem;
             font: 1rem/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; }
      section { display: grid; grid-template-columns: 18rem 1fr; gap: 1rem 2rem;
                padding: 1.5rem 0; border-top: 1px solid #8886; break-inside: avoid; }
      section h2 { margin: 0; font-size: 1.1rem; }
      section p { margin: .3rem 0; }
      .number { opacity: .7; font-variant-numeric: tabular-nums; }
      img { max-width: 100%; height: auto; }
      @media (max-width: 50rem) { section { grid-template-columns: 1fr; } }
      """;

  private ChapterPage() {}

  static String html(List<ChapterFigure> figures) {
    Html html = new Html().open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8").line();
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    html.element("title", TITLE).style(STYLE).close("head").line();
    html.open("body").open("main").element("h1", TITLE);
    html.element(
        "p", "Figures of Chapter 7 of Deep Learning from Scratch, computed and drawn by PureNet.");
    for (ChapterFigure figure : figures) {
      html.line().open("section", "id", figure.name()).open("div");
      html.element("p", figure.section(), "class", "number");
      html.element("h2", figure.title());
      html.element("p", figure.text()).close("div").line();
      html.open("picture");
      html.empty(
          "source", "srcset", figure.dark(), "media", "screen and (prefers-color-scheme: dark)");
      html.empty("img", "src", figure.light(), "alt", figure.title());
      html.close("picture").close("section");
    }
    return html.line().close("main").close("body").close("html").toString();
  }
}
