package io.github.purenet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.testing.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the guide show works, and prints what they say. */
class DocumentationTest {

  static List<Page> pages() throws IOException {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_program_prints_what_the_page_shows(Page page, @TempDir Path directory)
      throws Exception {
    page.check(directory);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_leads_to_a_file(Page page) {
    assertThat(page.links()).allMatch(Files::exists);
  }
}
