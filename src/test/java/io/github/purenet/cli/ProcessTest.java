package io.github.purenet.cli;

import static io.github.purenet.nn.Layers.affine;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command in a process of its own. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // a process may hang
class ProcessTest {
  @TempDir private Path directory;
  private Process process;

  private BufferedReader start(Object... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dpurenet.backend=scalar", "-cp"));
    command.add(where(Main.class) + File.pathSeparator + where(CommandLine.class));
    command.add(Main.class.getName());
    Arrays.stream(args).map(Object::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PURENET_HOME", directory.resolve("home").toString());
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.redirectError(directory.resolve("err").toFile());
    process = builder.start();
    return process.inputReader(UTF_8);
  }

  private static String where(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void the_process_ends_with_the_exit_code() throws Exception {
    assertThat(start("info").lines()).anyMatch(line -> line.matches("backend +scalar"));
    assertThat(process.waitFor()).isZero();
    assertThat(start("train", "--nothing").lines()).isEmpty();
    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(directory.resolve("err")).content().contains("Unknown option: '--nothing'");
  }

  /** 143 is 128 + SIGTERM; Ctrl-C, which no Java process can send, goes the same way to 130. */
  @Test
  void a_training_that_is_told_to_end_saves_what_it_learned() throws Exception {
    assumeTrue(File.separatorChar == '/'); // elsewhere destroy() leaves no time
    MnistFiles.write(directory);
    Path model = directory.resolve("model.safetensors");
    Path run = directory.resolve("run");
    BufferedReader out =
        start(
            "train", "--data", directory, "-o", model, "--checkpoints", run, "--epochs", "1000000");
    String line = out.readLine();
    while (!line.startsWith("epoch 2/")) {
      line = out.readLine();
    }
    process.toHandle().destroy(); // process.destroy() would close what it prints

    assertThat(out.lines().toList()).last().isEqualTo("saved " + model);
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(Network.load(model).inputShape().dimension(1)).isEqualTo(8);
    assertThat(run.resolve("last.safetensors")).isRegularFile();
  }

  @Test
  void a_server_that_is_told_to_end_ends() throws Exception {
    assumeTrue(File.separatorChar == '/'); // elsewhere destroy() leaves no time
    Path model = directory.resolve("model.safetensors");
    Network.of(Shape.of(2), 1, affine(3)).save(model);
    URI server = URI.create(start("serve", "--model", model).readLine());
    try (Socket idle = new Socket(server.getHost(), server.getPort())) {
      process.toHandle().destroy();
      assertThat(process.waitFor()).isEqualTo(143);
      assertThat(isClosed(idle)).isTrue();
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == -1;
    } catch (SocketException e) { // reset, where the server had not accepted it yet
      return true;
    }
  }

  @Test
  void what_has_been_downloaded_is_used() throws Exception {
    Path cache = Files.createDirectories(directory.resolve("home/mnist"));
    MnistFiles.write(cache);
    try (Stream<Path> files = Files.list(cache)) {
      for (Path file : files.toList()) {
        try (OutputStream gz = new GZIPOutputStream(Files.newOutputStream(Path.of(file + ".gz")))) {
          Files.copy(file, gz);
        }
        Files.delete(file);
      }
    }
    Path model = directory.resolve("model.safetensors");
    assertThat(start("train", "--data", "mnist", "-o", model, "--epochs", "1").lines())
        .first()
        .isEqualTo("SimpleConvNet, 6 training and 3 test images");
    assertThat(process.waitFor()).isZero();
  }
}
