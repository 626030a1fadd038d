package io.github.purenet.serve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The routes of a server. Paths are compared as a whole, so there is nothing to climb out of. */
final class Routes {
  private final Map<String, Map<String, Route>> routes = new LinkedHashMap<>();

  /**
   * Creates a table.
   *
   * @throws IllegalArgumentException if two routes are of the same path and method
   */
  Routes(List<Route> all) {
    for (Route route : all) {
      Map<String, Route> ofPath =
          routes.computeIfAbsent(route.path(), path -> new LinkedHashMap<>());
      if (ofPath.put(route.method(), route) != null) {
        throw new IllegalArgumentException(
            "routes: expected one for each method and path, got two of "
                + route.method()
                + " "
                + route.path());
      }
    }
  }

  boolean has(String path) {
    return routes.containsKey(path);
  }

  /** Returns the methods of a path that has any, as the header Allow lists them. */
  String allow(String path) {
    Map<String, Route> ofPath = routes.get(path);
    return (ofPath.containsKey("GET") ? "GET, HEAD, " : "")
        + (ofPath.containsKey("POST") ? "POST, " : "")
        + "OPTIONS";
  }

  /**
   * Returns the route of a request.
   *
   * @throws Problem if there is none
   */
  Route find(String method, String path) {
    if (!has(path)) {
      throw new Problem(404, "path: expected one of this server, got another");
    }
    Route route = routes.get(path).get(method.equals("HEAD") ? "GET" : method);
    if (route == null) {
      String allow = allow(path);
      throw new Problem(405, "method: expected " + allow + ", got another").with("Allow", allow);
    }
    return route;
  }
}
