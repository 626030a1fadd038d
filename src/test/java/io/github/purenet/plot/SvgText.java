package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * A text in an SVG: where its line begins, and how wide it is, in a font that is a little wider.
 */
record SvgText(String text, double x, double y, double width, double size) {

  static Document parse(Figure figure) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(figure.svg())));
  }

  static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  static List<SvgText> of(Document svg) {
    assertThat(svg.getDocumentElement().getElementsByTagName("text").getLength()).isPositive();
    List<SvgText> texts = new ArrayList<>();
    for (Element text : elements(svg, "text")) {
      assertThat(inherited(text, "transform")).isEmpty();
      double size = Double.parseDouble(inherited(text, "font-size").replace("px", ""));
      boolean bold = inherited(text, "font-weight").equals("bold");
      double width =
          new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1)
              .deriveFont((float) size)
              .getStringBounds(text.getTextContent(), new FontRenderContext(null, true, true))
              .getWidth();
      texts.add(
          new SvgText(
              text.getTextContent().replace('\u00a0', ' '),
              Double.parseDouble(text.getAttribute("x")),
              Double.parseDouble(text.getAttribute("y")),
              1.03 * width,
              size));
    }
    return texts;
  }

  private static String inherited(Element element, String attribute) {
    for (Node node = element; node instanceof Element here; node = node.getParentNode()) {
      if (here.hasAttribute(attribute)) {
        return here.getAttribute(attribute);
      }
    }
    return "";
  }

  /** Checks a figure as SVG: it is well formed, says what it is, and no text leaves the page. */
  static List<SvgText> check(Figure figure) throws Exception {
    Document svg = parse(figure);
    assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    Node title = svg.getDocumentElement().getFirstChild();
    assertThat(title.getNodeName()).isEqualTo("title");
    assertThat(title.getTextContent()).isNotBlank();
    assertThat(title.getNextSibling().getNodeName()).isEqualTo("desc");
    List<SvgText> texts = of(svg);
    assertThat(texts)
        .allSatisfy(
            text -> {
              assertThat(text.x()).isNotNegative();
              assertThat(text.x() + text.width()).isLessThanOrEqualTo(figure.width());
              assertThat(text.y() - text.size()).isNotNegative();
              assertThat(text.y() + 0.3 * text.size()).isLessThanOrEqualTo(figure.height());
            });
    return texts;
  }

  static List<String> texts(Figure figure) throws Exception {
    return check(figure).stream().map(SvgText::text).toList();
  }
}
