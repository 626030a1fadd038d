package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.data.Mnist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Draws the chapter anew, after a short training on few digits, and compares it with the figures of
 * the guide, which {@code purenet chapter} has written.
 */
class ChapterTest {
  private static final Path GUIDE = Path.of("src/site/markdown/images/chapter");
  private static final List<String> LEARNED =
      List.of("accuracy", "filters", "edges", "feature-maps", "deeper-layers", "ideal-inputs");

  @TempDir static Path directory;
  private static final List<String> said = new ArrayList<>();
  private static Path page;

  @BeforeAll
  static void draw() throws IOException {
    Mnist mnist = Mnist.sample();
    page =
        new Chapter(mnist.train().head(100), mnist.test().head(60), 2, 1, said::add)
            .write(directory);
  }

  private static Document parse(Path file) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setEntityResolver(null);
    return builder.parse(file.toFile());
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  static List<String> names() throws Exception {
    return elements(parse(page), "section").stream().map(e -> e.getAttribute("id")).toList();
  }

  @Test
  void the_page_shows_every_figure_in_the_order_of_the_book() throws Exception {
    Document html = parse(page);
    List<String> sections =
        elements(html, "p").stream()
            .filter(p -> p.getAttribute("class").equals("number"))
            .map(Element::getTextContent)
            .toList();

    assertThat(sections).hasSize(22).isSorted().contains("7.1", "7.2.7", "7.4.2", "7.6.2", "7.7.2");
    assertThat(elements(html, "img"))
        .hasSize(22)
        .allSatisfy(
            img -> {
              assertThat(directory.resolve(img.getAttribute("src"))).isNotEmptyFile();
              assertThat(img.getAttribute("alt")).isNotBlank();
            });
    assertThat(elements(html, "source"))
        .hasSize(22)
        .allSatisfy(
            dark -> assertThat(directory.resolve(dark.getAttribute("srcset"))).isNotEmptyFile());
    assertThat(Files.readString(page)).doesNotContain("http:").doesNotContain("https:");
  }

  @Test
  void the_guide_has_these_figures_and_no_others() throws Exception {
    try (Stream<Path> files = Files.list(GUIDE)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(names().stream().map(n -> n + ".svg").toList());
    }
  }

  /** What the figures say and how much they draw: this survives another font and another JDK. */
  @ParameterizedTest
  @MethodSource("names")
  void a_figure_is_that_of_the_guide(String name) throws Exception {
    Document drawn = parse(directory.resolve(name + ".svg"));
    Document shown = parse(GUIDE.resolve(name + ".svg"));

    assertThat(elements(drawn, "image")).hasSameSizeAs(elements(shown, "image"));
    if (LEARNED.contains(name)) {
      assertThat(texts(drawn)).hasSizeBetween(texts(shown).size() / 2, 2 * texts(shown).size());
    } else {
      assertThat(texts(drawn)).isEqualTo(texts(shown));
      assertThat(shapes(drawn)).isEqualTo(shapes(shown));
    }
    assertThat(Files.size(GUIDE.resolve(name + ".svg"))).isLessThan(300_000);
    assertThat(Files.readString(directory.resolve(name + "-dark.svg")))
        .isNotEqualTo(Files.readString(directory.resolve(name + ".svg")));
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream()
        .map(text -> text.getTextContent().replace('\u00a0', ' ').strip())
        .toList();
  }

  private static Map<String, Long> shapes(Document svg) {
    return Stream.of("rect", "path", "line", "polygon", "circle")
        .flatMap(name -> elements(svg, name).stream())
        .collect(Collectors.groupingBy(Element::getTagName, TreeMap::new, Collectors.counting()));
  }

  @Test
  void says_what_it_does() {
    assertThat(said).hasSize(3);
    assertThat(said.get(0)).startsWith("SimpleConvNet: epoch 1/2");
    assertThat(said.get(2)).startsWith("DeepConvNet: epoch 1/1");
  }

  @Test
  void no_epochs_are_refused() {
    assertThatThrownBy(() -> new Chapter(0, 1, said::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chapter: expected at least one epoch of each network, got 0 and 1");
  }

  @Test
  void a_directory_that_cannot_be_written_to_is_named_before_the_training() throws IOException {
    Path file = Files.writeString(directory.resolve("file.txt"), "kept");
    List<String> before = new ArrayList<>();

    assertThatThrownBy(() -> new Chapter(1, 1, before::add).write(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": expected a directory for the chapter, got a file");
    assertThat(before).isEmpty();
    assertThat(file).hasContent("kept");
  }
}
