package io.github.purenet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.testing.PackagedApplication;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runtime image of jlink, which has nothing of the JDK but what the library asks for. */
class LinkedImageIT {
  private static final Path JAR = Path.of(System.getProperty("purenet.test.jar"));

  @TempDir Path folder;

  @Test
  void trains_and_predicts_without_java_desktop() throws Exception {
    Path image = folder.resolve("image");
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int status =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(
                out,
                out,
                "--module-path",
                JAR.toString(),
                "--add-modules",
                "io.github.purenet",
                "--strip-debug",
                "--output",
                image.toString());
    assertThat(status).as(text.toString()).isZero();
    assertThat(java(image, "--list-modules").lines())
        .extracting(line -> line.replaceFirst("@.*", ""))
        .containsExactlyInAnyOrder("java.base", "io.github.purenet");
    Path classes =
        Path.of(
            PackagedApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(java(image, "-cp", classes.toString(), PackagedApplication.class.getName()))
        .contains("module io.github.purenet, backend scalar, learned");
  }

  private static String java(Path image, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(image.resolve("bin/java").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
