package io.github.purenet.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.json.JsonReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;

/** A client that behaves well. */
final class Client {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;

  Client(Server server) {
    this.server = server.uri();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return ask("GET", path, new byte[0], headers);
  }

  HttpResponse<String> post(String path, String json, String... headers) throws Exception {
    return post(path, "application/json", json.getBytes(UTF_8), headers);
  }

  HttpResponse<String> post(String path, String type, byte[] body, String... headers)
      throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = type;
    return ask("POST", path, body, all);
  }

  HttpResponse<String> ask(String method, String path, byte[] body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** Checks that an answer is a problem of a status, and returns what it says. */
  static String problem(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body().lines()).hasSize(1);
    Map<String, Object> problem = JsonReader.readObject(answer.body());
    assertThat(problem)
        .containsOnlyKeys("type", "title", "status", "detail")
        .containsEntry("status", status);
    assertThat(problem.get("title")).asString().isNotEmpty();
    return (String) problem.get("detail");
  }
}
