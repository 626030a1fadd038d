package io.github.purenet.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files of the page, from the jar: those of a list, read once. */
final class StaticFiles {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png");

  private StaticFiles() {}

  /**
   * Returns the routes of files beside this class.
   *
   * @param names the names of files; index.html is that of /, too
   */
  static List<Route> routes(String... names) {
    List<Route> routes = new ArrayList<>();
    for (String name : names) {
      Response response = response(name);
      routes.add(Route.get("/" + name, response.type(), request -> response));
      if (name.equals("index.html")) {
        routes.add(Route.get("/", response.type(), request -> response));
      }
    }
    return routes;
  }

  /** Returns a file of this package as an answer, which browsers ask for again each time. */
  static Response response(String name) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    return Response.of(200, type, bytes(name)).header("Cache-Control", "no-cache");
  }

  /** Returns the text of a file of this package. */
  static String text(String name) {
    return new String(bytes(name), UTF_8);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + ": expected in the jar, is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name + ": cannot be read from the jar", e);
    }
  }
}
