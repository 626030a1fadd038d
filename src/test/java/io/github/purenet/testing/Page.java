package io.github.purenet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A page of the documentation in Markdown. Each {@code java} block is a program, and the {@code
 * text} block right behind it what the program prints. A block that begins with a package is a part
 * of the library, and has no output.
 *
 * <p>In an output {@code ...} stands for digits, a point among them or not, that depend on the
 * processor or the time.
 */
public final class Page {
  private static final Pattern PROGRAM =
      Pattern.compile(
          "```java\n(?<code>.*?)```\n(\n```text\n(?<output>.*?)```\n)?", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("public (?:final )?class (\\w+)");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

  /**
   * A program and where it stands.
   *
   * @param name the class
   * @param code the source
   * @param output what it prints, as the page shows it; null if the page shows nothing
   * @param start where the output begins in the text of the page, -1 if there is none
   */
  public record Program(String name, String code, String output, int start) {
    boolean isPartOfTheLibrary() {
      return code.startsWith("package ");
    }
  }

  private final Path file;
  private final String text;

  /** Reads a page. */
  public Page(Path file) {
    this.file = file;
    try {
      text = Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The README and all pages of the guide. */
  public static List<Page> all() throws IOException {
    try (Stream<Path> guide = Files.list(Path.of("src/site/markdown"))) {
      Stream<Path> pages = guide.filter(file -> file.toString().endsWith(".md")).sorted();
      return Stream.concat(Stream.of(Path.of("README.md")), pages).map(Page::new).toList();
    }
  }

  /** The whole page. */
  public String text() {
    return text;
  }

  /** The programs in their order. */
  public List<Program> programs() {
    List<Program> programs = new ArrayList<>();
    Matcher block = PROGRAM.matcher(text);
    while (block.find()) {
      String code = block.group("code");
      Matcher name = CLASS.matcher(code);
      assertThat(name.find()).as("a public class in %s", code).isTrue();
      programs.add(new Program(name.group(1), code, block.group("output"), block.start("output")));
    }
    return programs;
  }

  /** What links of the page lead to, but for addresses in the web. */
  public List<Path> links() {
    Path here = file.toAbsolutePath().getParent();
    return LINK.matcher(text).results().map(link -> here.resolve(link.group(1))).toList();
  }

  /**
   * Compiles all programs, runs them, and compares what they print with what the page shows. With
   * {@code -Dpurenet.documentation=write} the page is changed where it differs.
   */
  public void check(Path directory) throws Exception {
    List<Program> programs = programs();
    compile(programs, directory);
    StringBuilder updated = new StringBuilder(text);
    for (int i = programs.size() - 1; i >= 0; i--) { // backwards: a start before is not moved
      Program program = programs.get(i);
      if (program.isPartOfTheLibrary()) {
        continue;
      }
      assertThat(program.output()).as("the output of %s", program.name()).isNotNull();
      String printed = withWildcards(run(program.name(), directory), program.output());
      if (System.getProperty("purenet.documentation", "").equals("write")) {
        int start = program.start();
        updated.replace(start, start + program.output().length(), printed);
      } else {
        assertThat(printed).as(program.name()).isEqualTo(program.output());
      }
    }
    if (!updated.toString().equals(text)) {
      Files.writeString(file, updated);
    }
  }

  /** Compiles programs into a directory; a warning fails. */
  public static void compile(List<Program> programs, Path directory) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Program program : programs) {
      Path source = directory.resolve(program.name() + ".java");
      Files.writeString(source, program.code());
      sources.add(source);
    }
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-Xlint:all,-path",
            "-Werror",
            "-proc:none",
            "-d",
            directory.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          sources.isEmpty()
              || compiler
                  .getTask(
                      messages,
                      files,
                      null,
                      options,
                      null,
                      files.getJavaFileObjectsFromPaths(sources))
                  .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  /** What a compiled program prints. */
  private static String run(String name, Path directory) throws Exception {
    PrintStream before = System.out;
    Locale locale = Locale.getDefault();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
        PrintStream capture = new PrintStream(printed, true, UTF_8)) {
      System.setOut(capture);
      Locale.setDefault(Locale.ROOT); // a point before the decimals, whoever runs the tests
      String[] arguments = {directory.toString()}; // where a program may write files
      loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) arguments);
    } finally {
      System.setOut(before);
      Locale.setDefault(locale);
    }
    return printed.toString(UTF_8).replaceAll("[ \r]+(?=\n)", "");
  }

  /** Puts the page's line, with its wildcards, where the line that was printed fits it. */
  private static String withWildcards(String printed, String output) {
    List<String> expected = output.lines().toList();
    List<String> lines = new ArrayList<>(printed.lines().toList());
    for (int i = 0; i < Math.min(lines.size(), expected.size()); i++) {
      String pattern =
          Stream.of(expected.get(i).split("\\.\\.\\.", -1))
              .map(Pattern::quote)
              .collect(Collectors.joining("\\d*\\.?\\d+"));
      if (lines.get(i).matches(pattern)) {
        lines.set(i, expected.get(i));
      }
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
