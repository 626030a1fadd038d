package io.github.purenet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows works. */
class ReadmeTest {
  @TempDir private Path directory;

  @Test
  void the_java_code_compiles_and_runs() throws Exception {
    List<String> blocks = javaBlocks();
    assertThat(blocks).isNotEmpty();
    for (String block : blocks) {
      Matcher name = Pattern.compile("public class (\\w+)").matcher(block);
      assertThat(name.find()).as(block).isTrue();
      String printed = compileAndRun(name.group(1), block);
      if (block.contains("Trainer")) {
        assertThat(printed).contains("test accuracy 0.9").containsPattern("(?m)^predicted \\d$");
      } else {
        assertThat(printed).contains("parameters: 61,706").contains("trained: 255");
      }
    }
  }

  @Test
  void the_first_example_has_fifteen_lines_inside_main() throws IOException {
    String body = javaBlocks().get(0).replaceAll("(?s).*?main\\([^\\n]*\\n(.*)\\n  }\\n}\\n", "$1");
    assertThat(body.lines()).hasSizeLessThanOrEqualTo(15);
  }

  /** Every name in the package table is a package, and the other way round. */
  @Test
  void the_map_of_packages_is_complete() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    try (Stream<Path> folders = Files.list(Path.of("src/main/java/io/github/purenet"))) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        assertThat(readme).contains("| `" + folder.getFileName() + "` |");
      }
    }
  }

  private static List<String> javaBlocks() throws IOException {
    String readme = Files.readString(Path.of("README.md")).replace("\r\n", "\n");
    return Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL)
        .matcher(readme)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toList());
  }

  private String compileAndRun(String name, String code) throws Exception {
    Path source = directory.resolve(name + ".java");
    Files.writeString(source, code);
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-d", directory.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
        PrintStream capture = new PrintStream(printed, true, UTF_8)) {
      System.setOut(capture);
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
  }
}
