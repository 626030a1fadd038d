package io.github.purenet.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Options of the form {@code --name=value}, of which one argument may hold several. */
final class Arguments {
  private final Map<String, String> values = new LinkedHashMap<>();

  Arguments(String... args) {
    Arrays.stream(args)
        .flatMap(arg -> Stream.of(arg.trim().split("\\s+", -1)))
        .filter(word -> !word.isEmpty())
        .forEach(this::add);
  }

  private void add(String word) {
    String[] pair = word.split("=", 2);
    if (!pair[0].startsWith("--") || pair.length != 2) {
      throw new IllegalArgumentException("expected --name=value, got " + word);
    }
    values.put(pair[0].substring(2), pair[1]);
  }

  /** Removes an option and returns its value. */
  String text(String name, String otherwise) {
    String value = values.remove(name);
    return value == null ? otherwise : value;
  }

  int number(String name, int otherwise) {
    return Integer.parseInt(text(name, Integer.toString(otherwise)));
  }

  /** Removes an option and returns its values, which are separated by commas. */
  List<String> list(String name, String otherwise) {
    return List.of(text(name, otherwise).split(",", -1));
  }

  /** Removes {@code --java} and returns it, or else the java executable that runs this program. */
  String java() {
    return text("java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  /** Checks that no option is left. */
  void requireAllTaken() {
    if (!values.isEmpty()) {
      throw new IllegalArgumentException("unknown options " + values.keySet());
    }
  }
}
