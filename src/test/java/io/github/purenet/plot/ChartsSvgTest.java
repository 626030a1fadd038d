package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Charts as SVG: what is written where. */
class ChartsSvgTest {
  private static final Pattern TRANSFORM = Pattern.compile("(translate|rotate)\\(([^)]*)\\)");

  /** Fonts of the same name and size are this much wider, at most, than that of this machine. */
  private static final double WIDER = 1.03;

  private static AffineTransform transform(Element element) {
    Deque<String> inside = new ArrayDeque<>();
    for (Node node = element; node instanceof Element here; node = node.getParentNode()) {
      inside.push(here.getAttribute("transform"));
    }
    AffineTransform transform = new AffineTransform();
    Matcher matcher = TRANSFORM.matcher(String.join(" ", inside));
    while (matcher.find()) {
      String[] numbers = matcher.group(2).split(",", -1);
      if (matcher.group(1).equals("translate")) {
        transform.translate(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
      } else {
        transform.rotate(Math.toRadians(Double.parseDouble(numbers[0])));
      }
    }
    return transform;
  }

  private static String inherited(Element element, String attribute) {
    for (Node node = element; node instanceof Element here; node = node.getParentNode()) {
      if (here.hasAttribute(attribute)) {
        return here.getAttribute(attribute);
      }
    }
    return "";
  }

  private static Rectangle2D bounds(Element text) {
    float size = Float.parseFloat(inherited(text, "font-size").replace("px", ""));
    int style = inherited(text, "font-weight").equals("bold") ? Font.BOLD : Font.PLAIN;
    double width =
        new Font(Font.SANS_SERIF, style, 1)
            .deriveFont(size)
            .getStringBounds(text.getTextContent(), new FontRenderContext(null, true, true))
            .getWidth();
    double x = Double.parseDouble(text.getAttribute("x"));
    double y = Double.parseDouble(text.getAttribute("y"));
    Rectangle2D box = new Rectangle2D.Double(x, y - 0.76 * size, WIDER * width, size);
    return transform(text).createTransformedShape(box).getBounds2D();
  }

  /** Returns all texts with their places, none of which leaves the page or is on another one. */
  private static Map<Rectangle2D, String> texts(Figure figure) throws Exception {
    Document svg = SvgText.parse(figure);
    Rectangle2D page = new Rectangle2D.Double(0, 0, figure.width(), figure.height());
    Map<Rectangle2D, String> texts = new LinkedHashMap<>();
    for (Element text : SvgText.elements(svg, "text")) {
      Rectangle2D box = bounds(text);
      String said = text.getTextContent().replace('\u00a0', ' ');
      assertThat(page.contains(box)).as("%s at %s on %s", said, box, page).isTrue();
      texts.put(box, said);
    }
    return texts;
  }

  private static List<String> words(Figure figure) throws Exception {
    return List.copyOf(texts(figure).values());
  }

  @Test
  void titles_axes_and_legends_are_text() throws Exception {
    Map<String, Figure> all = Charts.all(Theme.LIGHT);
    assertThat(words(all.get("accuracy")))
        .contains("Accuracy by epoch", "epoch", "accuracy", "0.0", "1.0", "20", "train", "test");
    assertThat(words(all.get("loss")))
        .contains("Training loss by step", "step", "loss", "each step", "smoothed");
    assertThat(words(all.get("rate"))).contains("Learning rate by step", "learning rate", "0.0010");
    assertThat(words(all.get("seeds-accuracy")))
        .contains("Accuracy by epoch: mean and range of seeds")
        .contains("Adam train (3 seeds)", "Adam test (3 seeds)", "SGD test (2 seeds)");
    assertThat(words(all.get("seeds-loss")))
        .contains("Training loss by step: mean and standard deviation of seeds");
    assertThat(words(all.get("confusion")))
        .containsAll(Charts.CLOTHES)
        .contains("true class", "predicted class", "share of row");
    assertThat(words(all.get("bars")))
        .containsAll(Charts.CLOTHES)
        .contains("precision", "recall", "F1 (the number)");
    assertThat(words(all.get("reliability")))
        .contains("Reliability diagram", "accuracy", "samples", "perfect calibration")
        .anyMatch(text -> text.matches("expected calibration error 0\\.\\d{4}, maximum .*2,000"));
    assertThat(words(all.get("scatter")))
        .contains("Last hidden layer", "first dimension", "0", "9");
  }

  @Test
  void says_what_it_is_to_those_who_cannot_see_it() throws Exception {
    Element svg = SvgText.parse(Charts.all(Theme.DARK).get("accuracy")).getDocumentElement();
    assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
        .isEqualTo("Accuracy by epoch");
    assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("accuracy by epoch: train, test");
  }

  /** Every second epoch from the first on has a circle and a square. */
  @Test
  void marks_are_as_in_the_book() throws Exception {
    Document svg = SvgText.parse(LearningCurves.of(Charts.run(20, 1)).metric());
    assertThat(SvgText.elements(svg, "circle")).hasSize(10 + 1); // and one in the legend
  }

  @Test
  void the_confusion_matrix_has_the_numbers_of_the_report() throws Exception {
    long[][] counts = Charts.report(7, 900, 0.8).confusionMatrix();
    List<String> words = words(ConfusionMatrix.of(Charts.report(7, 900, 0.8), Theme.LIGHT));
    for (long[] row : counts) {
      for (long count : row) {
        if (count > 0) {
          assertThat(words).contains(Long.toString(count));
        }
      }
    }
  }

  @Test
  void names_of_any_length_and_number_have_room() throws Exception {
    List<String> names =
        List.of(
            "an extraordinarily long name of a class that nobody wants to read", "b", "c\u0000");
    for (Figure figure :
        List.of(
            ConfusionMatrix.of(Charts.report(3, 99, 0.5).withClassNames(names), Theme.LIGHT),
            ClassBars.of(Charts.report(3, 99, 0.5).withClassNames(names), Theme.LIGHT))) {
      assertThat(words(figure)).contains(names.get(0), "b", "c ");
    }
    assertThat(words(ConfusionMatrix.of(Charts.report(100, 500, 0.7), Theme.DARK))).contains("99");
    assertThat(words(ClassBars.of(Charts.report(100, 500, 0.7), Theme.DARK))).contains("99");
    assertThat(words(ConfusionMatrix.of(Charts.report(2, 200_000, 0.7), Theme.DARK)))
        .contains("Confusion matrix: 170,061 of 200,000 right (0.8503)");
    LearningCurves many = new LearningCurves(Theme.LIGHT);
    for (int i = 0; i < 9; i++) {
      many = many.add(i + names.get(0), Charts.run(4, i));
    }
    assertThat(words(many.metric())).anyMatch(word -> word.matches("8an ext.*\u2026.*read train"));
    words(Charts.scatter(40, 20, Theme.LIGHT));
  }

  @Test
  void numbers_in_cells_can_be_read_on_their_color() {
    for (int i = 0; i <= 0xffffff; i += 0x000102) {
      Color color = new Color(i);
      double here = Colors.luminance(color) + 0.05;
      double text = Colors.luminance(Colors.on(color)) + 0.05;
      assertThat(Math.max(here, text) / Math.min(here, text)).isGreaterThan(4.5);
    }
  }
}
