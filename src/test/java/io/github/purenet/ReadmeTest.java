package io.github.purenet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.testing.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README promises of itself; {@link DocumentationTest} runs its programs. */
class ReadmeTest {
  private static final Page README = new Page(Path.of("README.md"));
  private static final Page CONTRIBUTING = new Page(Path.of(".github/CONTRIBUTING.md"));

  @Test
  void the_first_example_has_fifteen_lines_inside_main_and_trains() {
    Page.Program first = README.programs().get(0);
    String body = first.code().replaceAll("(?s).*?main\\([^\\n]*\\n(.*)\\n  }\\n}\\n", "$1");

    assertThat(body.lines()).hasSizeLessThanOrEqualTo(15);
    assertThat(first.output()).contains("test accuracy 0.9").containsPattern("(?m)^predicted \\d$");
  }

  @Test
  void it_is_short() {
    assertThat(README.text().lines()).hasSizeLessThanOrEqualTo(110);
  }

  /** Every name in the table of CONTRIBUTING is a package, and the other way round. */
  @Test
  void the_map_of_packages_is_complete() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/github/purenet"))) {
      List<String> packages =
          files.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).toList();

      assertThat(found("(?m)^\\| `(\\w+)` \\|", CONTRIBUTING.text()))
          .containsExactlyInAnyOrderElementsOf(packages);
    }
  }

  /** In the table for those who know another library, the last column is PureNet's. */
  @Test
  void the_right_column_of_the_table_of_other_libraries_compiles(@TempDir Path directory)
      throws IOException {
    String table = found("(?s)\\| there \\| here \\|\n[^\n]*\n(.*?)\n\n", README.text()).get(0);
    StringBuilder code = new StringBuilder();
    for (String cell : found("(?m)\\|([^|]*)\\|$", table)) {
      List<String> snippets = found("`([^`]*)`", cell);
      assertThat(snippets).as(cell).isNotEmpty();
      for (String snippet : snippets) {
        code.append(snippet.endsWith(";") ? snippet : "use(" + snippet + ");").append('\n');
      }
    }
    String source =
        """
        import static io.github.purenet.nn.Layers.*;

        import io.github.purenet.data.*;
        import io.github.purenet.ndarray.*;
        import io.github.purenet.nn.*;
        import io.github.purenet.optim.*;
        import io.github.purenet.train.*;

        public class Table {
          static void use(Object result) {}

          static void cells(
              Network network, Optimizer optimizer, NDArray x, NDArray t, Dataset train, Dataset test) {
            %s
          }
        }
        """
            .formatted(code);

    Page.compile(List.of(new Page.Program("Table", source, null, -1)), directory);
  }

  /** The first groups of all matches. */
  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
