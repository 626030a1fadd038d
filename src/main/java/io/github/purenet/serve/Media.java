package io.github.purenet.serve;

import com.sun.net.httpserver.Headers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Media types in headers. */
final class Media {
  private Media() {}

  /** Returns the media type of the body, in lower case and without parameters, or nothing. */
  static String ofBody(Headers headers) {
    String type = headers.getFirst("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Checks the type of the body.
   *
   * @throws Problem if the route takes others
   */
  static void checkBody(Route route, Headers headers) {
    String encoding = headers.getFirst("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Problem(415, "Content-Encoding: expected none, got one")
          .with("Accept-Encoding", "identity");
    }
    if (!route.accepts().contains(ofBody(headers))) {
      String types = String.join(", ", route.accepts());
      throw new Problem(415, "Content-Type: expected " + types + ", got another")
          .with("Accept-Post", types);
    }
  }

  /**
   * Checks that the client takes what a route answers.
   *
   * @throws Problem if it wants something else
   */
  static void checkAnswer(Route route, Headers headers) {
    List<String> accept = headers.getOrDefault("Accept", List.of());
    String all = String.join(",", accept).toLowerCase(Locale.ROOT);
    if (all.isBlank()) {
      return;
    }
    for (String range : all.split(",", -1)) {
      List<String> parts = Arrays.stream(range.split(";", -1)).map(String::strip).toList();
      boolean refused = parts.stream().anyMatch(part -> part.matches("q=0(\\.0*)?"));
      if (!refused && fits(parts.get(0), route.produces())) {
        return;
      }
    }
    throw new Problem(406, "Accept: expected " + route.produces() + ", got others alone");
  }

  private static boolean fits(String range, String produced) {
    String type = produced.split(";", 2)[0];
    return range.equals("*/*")
        || range.equals(type)
        || range.equals(type.substring(0, type.indexOf('/')) + "/*");
  }
}
