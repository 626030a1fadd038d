package io.github.purenet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.json.JsonException;
import io.github.purenet.json.JsonReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What came of a command.
 *
 * @param code the exit code
 * @param out what it printed
 * @param err what it printed on the standard error
 */
record Run(int code, String out, String err) {

  /** Runs a command. */
  static Run of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), texts);
    return new Run(code, out.toString(), err.toString());
  }

  /** Runs a command that is to be done without an error. */
  static Run done(Object... args) {
    Run run = of(args);
    assertThat(run.err).isEmpty();
    assertThat(run.code).isZero();
    return run;
  }

  /** Runs a command that is to fail with one line, and print nothing. */
  static void fails(String line, Object... args) {
    Run run = of(args);
    assertThat(run.err.lines()).containsExactly(line);
    assertThat(run.code).isEqualTo(1);
    assertThat(run.out).isEmpty();
  }

  /** Runs a command that is to be refused with a line, and one that says where to look. */
  static void isWrong(String line, Object... args) {
    Run run = of(args);
    assertThat(run.err.lines()).hasSize(2);
    assertThat(run.err.lines()).first().isEqualTo(line);
    assertThat(run.err.lines().skip(1).findFirst().orElseThrow())
        .matches("Try 'purenet [a-z]+ --help'\\.");
    assertThat(run.code).isEqualTo(2);
    assertThat(run.out).isEmpty();
  }

  List<String> lines() {
    return out.lines().toList();
  }

  /** Runs a command with {@code --json}, which prints one document and no more. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> json(Object... args) throws JsonException {
    Run run = of(Stream.concat(Arrays.stream(args), Stream.of("--json")).toArray());
    assertThat(run.code).isZero();
    return (Map<String, Object>) JsonReader.read(run.out);
  }
}
