package io.github.purenet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.purenet.nn.Network;
import io.github.purenet.testing.Jdk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the command, started with {@code java -jar} and nothing else. */
@Timeout(120)
class CliJarIT {
  private static final String CLI = System.getProperty("purenet.test.cli");
  private static final String LIBRARY = System.getProperty("purenet.test.jar");

  @TempDir Path folder;

  private record Result(int code, String out, String err) {}

  private ProcessBuilder java(String... arguments) {
    Path java = Jdk.present().home().resolve("bin/java");
    return Jdk.start(java, arguments).directory(folder.toFile());
  }

  private Result run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path err = folder.resolve("err");
    Process process = builder.redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), out, Files.readString(err));
  }

  @Test
  void runs_with_the_vector_module_unless_told_not_to() throws Exception {
    Result relaunched = run(java("-Xmx300m", "-jar", CLI, "info"));
    assertThat(relaunched.code).isZero();
    assertThat(relaunched.out).contains("heap        0.3 GiB").doesNotContain("module is missing");
    Result here = run(java("-jar", CLI, "info", "--no-relaunch"));
    assertThat(here.out).containsPattern("backend +scalar").contains("module is missing");
    ProcessBuilder withVariable = java("-jar", CLI, "info");
    withVariable.environment().put("JDK_JAVA_OPTIONS", "-Xmx400m");
    assertThat(run(withVariable).out).contains("heap        0.4 GiB");
  }

  @Test
  void the_exit_code_passes_through() throws Exception {
    assertThat(run(java("-jar", CLI, "summary", "missing.safetensors")).code).isEqualTo(1);
    assertThat(run(java("-jar", CLI, "train", "--epochs", "none")).code).isEqualTo(2);
    assertThat(run(java("-jar", CLI, "--help")).code).isZero();
  }

  @Test
  void the_jar_of_the_library_says_where_the_command_is() throws Exception {
    Result result = run(java("-jar", LIBRARY, "train"));
    assertThat(result.code).isEqualTo(2);
    assertThat(result.out).isEmpty();
    assertThat(result.err)
        .isEqualTo(
            "purenet: this jar is the library; the command is in purenet-0.1.0-SNAPSHOT-cli.jar"
                + System.lineSeparator());
  }

  @Test
  void a_signal_reaches_the_training_which_saves_what_it_has_learned() throws Exception {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "which has no SIGTERM");
    Process process =
        java("-jar", CLI, "train", "--epochs", "100000", "--output", "model.safetensors")
            .redirectErrorStream(true)
            .start();
    Optional<ProcessHandle> child;
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.contains("epoch 1/")) {
        line = out.readLine();
      }
      assertThat(line).as("the line of the first epoch").isNotNull();
      child = process.children().findFirst();
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isNotZero();
    assertThat(child).isPresent();
    assertThat(child.get().isAlive()).isFalse();
    assertThat(Network.load(folder.resolve("model.safetensors")).parameters()).isNotEmpty();
  }

  @Test
  void the_training_ends_when_the_process_that_waits_for_it_is_killed() throws Exception {
    Process process =
        java("-jar", CLI, "train", "--epochs", "100000").redirectErrorStream(true).start();
    try (BufferedReader out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.contains("epoch 1/")) {
        line = out.readLine();
      }
      ProcessHandle child = process.children().findFirst().orElseThrow();
      process.destroyForcibly();
      child.onExit().get(60, TimeUnit.SECONDS);
      assertThat(child.isAlive()).isFalse();
    }
  }
}
