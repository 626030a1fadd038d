package io.github.purenet.cli;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.json.JsonReader;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30) // a server serves until it is ended
class ServeCommandTest {
  @TempDir private Path directory;
  private Path model;

  @BeforeEach
  void save_a_network() throws IOException {
    model = directory.resolve("model.safetensors");
    Network.of(Shape.of(2), 1, affine(3)).save(model);
  }

  /** What the test does while a server runs. */
  @FunctionalInterface
  private interface Visit {
    void to(URI server) throws Exception;
  }

  /** Runs the command until the visit is over; the first line that it prints has the address. */
  private void serve(Visit visit, String... more) throws Exception {
    PipedReader pipe = new PipedReader();
    PrintWriter out = new PrintWriter(new PipedWriter(pipe), true);
    String[] args = new String[more.length + 3];
    args[0] = "serve";
    args[1] = "--model";
    args[2] = model.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    AtomicInteger code = new AtomicInteger(-1);
    Thread command = new Thread(() -> code.set(Main.run(out, out, args)));
    command.start();
    try (BufferedReader reader = new BufferedReader(pipe)) {
      try {
        String first = reader.readLine();
        visit.to(
            URI.create(
                first.startsWith("{") ? (String) JsonReader.readObject(first).get("url") : first));
      } finally {
        command.interrupt();
        command.join();
      }
    }
    assertThat(code).hasValue(Main.DONE);
  }

  @Test
  void serves_the_network_until_it_is_ended() throws Exception {
    serve(
        server -> {
          String body =
              HttpClient.newHttpClient()
                  .send(
                      HttpRequest.newBuilder(server.resolve("/api/model")).build(),
                      BodyHandlers.ofString())
                  .body();
          assertThat(JsonReader.readObject(body)).containsEntry("parameters", 9);
          Run.fails(
              "purenet serve: 127.0.0.1:"
                  + server.getPort()
                  + ": expected an address of this machine and a free port, got: Address already"
                  + " in use",
              "serve",
              "-m",
              model,
              "--port",
              server.getPort());
        });
  }

  @Test
  void says_where_it_is_as_json_and_listens_where_it_is_told() throws Exception {
    serve(
        server -> assertThat(server.getHost()).isEqualTo("localhost"),
        "--json",
        "--host",
        "0.0.0.0",
        "--allow-host",
        "a.example,b.example");
  }

  @Test
  void what_cannot_be_served_is_said() throws Exception {
    Run.isWrong("purenet serve: Missing required option: '--model=FILE'", "serve");
    Run.isWrong(
        "purenet serve: port: expected 0 to 65535, got 65536",
        "serve",
        "-m",
        model,
        "--port",
        65_536);
    Path nowhere = directory.resolve("nowhere");
    Run.fails("purenet serve: " + nowhere + ": no such file or directory", "serve", "-m", nowhere);
    Run.fails(
        "purenet serve: no host: expected an address of this machine, got none",
        "serve",
        "-m",
        model,
        "--host",
        "no host");
    Path text = Files.writeString(directory.resolve("text"), "no network");
    assertThat(Run.of("serve", "-m", text).code()).isEqualTo(Main.FAILED);
  }
}
