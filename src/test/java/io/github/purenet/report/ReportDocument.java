package io.github.purenet.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The page of a report, parsed as the XML that it is. */
public final class ReportDocument {
  private final String page;
  private final Document document;

  private ReportDocument(String page, Document document) {
    this.page = page;
    this.document = document;
  }

  /** Parses a page; one that is not well-formed is an assertion error. */
  public static ReportDocument of(String page) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      builder.setErrorHandler(null); // which would print
      return new ReportDocument(
          page, builder.parse(new ByteArrayInputStream(page.getBytes(UTF_8))));
    } catch (Exception e) {
      throw new AssertionError("not well-formed: " + e.getMessage(), e);
    }
  }

  private Stream<Element> elements(String name) {
    NodeList list = document.getElementsByTagName(name);
    return IntStream.range(0, list.getLength()).mapToObj(i -> (Element) list.item(i));
  }

  /** Returns the texts of the elements of a name. */
  public List<String> texts(String name) {
    return elements(name).map(Element::getTextContent).toList();
  }

  /** Returns the sentences that stand in place of what cannot be shown. */
  public List<String> missing() {
    return elements("p")
        .filter(e -> e.getAttribute("class").equals("none"))
        .map(Element::getTextContent)
        .toList();
  }

  /** Returns the names of all elements. */
  public Set<String> names() {
    return elements("*").map(Element::getTagName).collect(Collectors.toSet());
  }

  private Element sectionElement(String id) {
    return elements("section")
        .filter(e -> e.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no section " + id));
  }

  /** Returns the text of a section, with the descriptions of its figures. */
  public String section(String id) {
    NodeList images = sectionElement(id).getElementsByTagName("img");
    String described =
        IntStream.range(0, images.getLength())
            .mapToObj(i -> ((Element) images.item(i)).getAttribute("alt"))
            .collect(Collectors.joining(" "));
    return sectionElement(id).getTextContent() + " " + described;
  }

  private static Stream<Element> children(Element element) {
    NodeList list = element.getChildNodes();
    return IntStream.range(0, list.getLength())
        .mapToObj(list::item)
        .filter(Element.class::isInstance)
        .map(Element.class::cast);
  }

  /** Returns the headings of what stands side by side in a section. */
  public List<String> columns(String id) {
    return elements("div")
        .filter(e -> e.getAttribute("class").equals("runs"))
        .filter(e -> e.getParentNode().isSameNode(sectionElement(id)))
        .flatMap(e -> children(e).map(column -> column.getElementsByTagName("h3").item(0)))
        .map(Node::getTextContent)
        .toList();
  }

  /** Returns the source of the first image of a section. */
  public String image(String id) {
    NodeList images = sectionElement(id).getElementsByTagName("img");
    return ((Element) images.item(0)).getAttribute("src");
  }

  /** Checks what holds for every report. */
  public void isSound() {
    assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
    // Nothing is loaded: neither from an address, nor by a style or a script.
    assertThat(page).doesNotContain("http:", "https:", "url(", "@import", "<script", "\"//");
    assertThat(elements("title")).hasSize(1);
    assertThat(elements("h1")).hasSize(1);
    assertThat(elements("main")).hasSize(1);
    List<String> ids =
        elements("*").map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(elements("a").map(e -> e.getAttribute("href")))
        .isNotEmpty()
        .allMatch(href -> href.startsWith("#") && ids.contains(href.substring(1)));
    assertThat(elements("section"))
        .allMatch(e -> ids.contains(e.getAttribute("aria-labelledby")))
        .allMatch(e -> !e.getTextContent().isBlank());
    assertThat(elements("th"))
        .allMatch(e -> Set.of("row", "col").contains(e.getAttribute("scope")));
    assertThat(elements("table")).allMatch(e -> e.getElementsByTagName("caption").getLength() == 1);
    assertThat(elements("img"))
        .allMatch(e -> e.getAttribute("alt").length() > 10)
        .allMatch(e -> e.getAttribute("src").startsWith("data:image/"))
        .allMatch(e -> Integer.parseInt(e.getAttribute("width")) > 0)
        .allMatch(e -> Integer.parseInt(e.getAttribute("height")) > 0);
    assertThat(elements("source"))
        .allMatch(e -> e.getAttribute("media").contains("prefers-color-scheme: dark"))
        .allMatch(e -> e.getAttribute("srcset").startsWith("data:image/"));
    assertThat(elements("figcaption").count()).isEqualTo(elements("img").count());
    assertThat(Stream.concat(attributes("img", "src"), attributes("source", "srcset")))
        .allSatisfy(ReportDocument::loadsNothing);
  }

  private Stream<String> attributes(String element, String name) {
    return elements(element).map(e -> e.getAttribute(name));
  }

  /** An SVG may name namespaces, which are not loaded, but nothing else. */
  private static void loadsNothing(String source) {
    if (source.startsWith("data:image/svg+xml;base64,")) {
      String svg = new String(Base64.getDecoder().decode(source.substring(26)), UTF_8);
      assertThat(svg.replaceAll("xmlns(:\\w+)?=\"[^\"]*\"", "").replaceAll("<!DOCTYPE[^>]*>", ""))
          .doesNotContain("http:", "https:", "@import");
    }
  }
}
