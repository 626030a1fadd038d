package io.github.purenet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class MainTest {
  @TempDir private Path directory;

  /** All commands but those of picocli. */
  static List<String> commands() {
    List<String> names = new ArrayList<>(Main.commandLine().getSubcommands().keySet());
    names.remove("help");
    return names;
  }

  @Test
  void tells_what_it_can_do() {
    assertThat(commands())
        .contains(
            "train",
            "eval",
            "predict",
            "summary",
            "export",
            "infer",
            "serve",
            "info",
            "completion");
    assertThat(Run.done().out()).contains("Usage: purenet").contains(commands());
    assertThat(Run.done("--help").out()).isEqualTo(Run.done().out());
    assertThat(Run.done("help", "train").out()).isEqualTo(Run.done("train", "--help").out());
    assertThat(Run.done("--version").out()).contains("purenet 0.1.0").contains("backend ");
    assertThat(Run.done("--help").out()).containsPattern("(?s)Exit codes:.* 0 .* 1 .* 2 .* 130 ");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_has_help_with_examples_that_fit_a_terminal(String command) {
    String help = Run.done(command, "--help").out();
    assertThat(help).startsWith("Usage: purenet " + command).contains("\nExamples:\n");
    assertThat(help.lines()).allMatch(line -> line.length() <= 80);
    assertThat(help).contains("-h, --help");
  }

  /** A change of an option would leave a wrong example behind. */
  @ParameterizedTest
  @MethodSource("commands")
  void the_examples_of_every_command_can_be_parsed(String command) {
    CommandLine purenet = Main.commandLine();
    CommandSpec spec = purenet.getSubcommands().get(command).getCommandSpec();
    List<String> examples =
        String.join("\n", spec.usageMessage().footer())
            .replace("\\\n", "")
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("purenet "))
            .toList();
    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      String[] words = example.replaceFirst(" > .*", "").split(" +", -1);
      purenet.parseArgs(Arrays.copyOfRange(words, 1, words.length));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_option_is_described(String command) {
    CommandLine purenet = Main.commandLine();
    CommandSpec spec = purenet.getSubcommands().get(command).getCommandSpec();
    assertThat(spec.options())
        .isNotEmpty()
        .allSatisfy(
            option -> assertThat(option.description()).as(option.longestName()).isNotEmpty())
        .extracting(OptionSpec::longestName)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_command_or_option_that_is_none_is_wrong_use_with_a_proposal() {
    Run command = Run.of("trian");
    assertThat(command.code()).isEqualTo(2);
    assertThat(command.err().lines())
        .containsExactly(
            "purenet: Unmatched argument at index 0: 'trian'", "Did you mean: purenet train?");
    Run option = Run.of("train", "--epoch", "3");
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err()).startsWith("purenet train: Unknown option").contains("--epochs");
    Run.isWrong("purenet train: Unknown option: '--zzz'", "train", "--zzz");
    Run.isWrong("purenet eval: Missing required parameter: 'MODEL'", "eval");
  }

  @Test
  void a_file_that_cannot_be_used_is_named_with_the_reason() {
    Path nowhere = directory.resolve("nowhere.safetensors");
    for (String command : List.of("eval", "summary", "export")) {
      Run.fails(
          "purenet " + command + ": " + nowhere + ": no such file or directory", command, nowhere);
    }
    assertThat(Main.message(new AccessDeniedException("a"))).isEqualTo("a: permission denied");
    assertThat(Main.message(new NoSuchFileException("a")))
        .isEqualTo("a: no such file or directory");
    assertThat(Main.message(new FileSystemException("a", null, "disk full")))
        .isEqualTo("a: disk full");
    assertThat(Main.message(new FileSystemException("a"))).isEqualTo("a: cannot be used");
    assertThat(Main.message(new IOException())).isEqualTo("java.io.IOException");
  }

  @Test
  void verbose_adds_where_an_error_comes_from() {
    Run run = Run.of("summary", directory.resolve("nowhere"), "--verbose");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("nowhere: no such file").contains("\tat ");
  }

  @Test
  void an_output_that_cannot_be_written_is_a_failure() {
    StringWriter err = new StringWriter();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    assertThat(Main.run(new PrintWriter(full, true, UTF_8), new PrintWriter(err, true), "info"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("expected to write the standard output");
  }

  @Test
  void the_shell_gets_a_script_that_completes_commands_and_options() {
    String script = Run.done("completion").out();
    assertThat(script).startsWith("#!").contains(commands()).contains("--learning-rate", "cosine");
  }

  /** In the script, a label is the name of the variable that holds the values. */
  @ParameterizedTest
  @MethodSource("commands")
  void values_that_the_shell_completes_have_labels_of_their_own(String command) {
    CommandSpec spec = Main.commandLine().getSubcommands().get(command).getCommandSpec();
    assertThat(spec.options().stream().filter(option -> option.completionCandidates() != null))
        .extracting(OptionSpec::paramLabel)
        .doesNotHaveDuplicates();
  }

  @Test
  void info_tells_what_computes() throws Exception {
    Map<String, Object> info = Run.json("info");
    assertThat(info)
        .containsEntry("backend", System.getProperty("purenet.test.backend"))
        .containsEntry("java", System.getProperty("java.version"))
        .containsKeys("version", "reason", "threads", "processors", "system", "heap");
    String text = Run.done("info").out();
    assertThat(text.lines()).hasSize(info.size());
    assertThat(text)
        .contains("backend     " + info.get("backend") + System.lineSeparator())
        .contains("reason      " + info.get("reason"));
  }
}
