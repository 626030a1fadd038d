package io.github.purenet.serve;

import java.util.List;
import java.util.Objects;

/**
 * What answers one method of one path.
 *
 * @param method GET, which answers HEAD as well, or POST
 * @param path the whole path, without a query
 * @param accepts the media types of bodies; none for GET
 * @param produces the media type of answers
 * @param weight whether it computes, so that only a few may do so at once
 * @param handler what answers
 */
public record Route(
    String method,
    String path,
    List<String> accepts,
    String produces,
    Weight weight,
    Handler handler) {
  /** How much a route asks of the machine. */
  public enum Weight {
    /** It answers at once. */
    LIGHT,
    /** It computes: few may do so at once, others wait a while. */
    HEAVY
  }

  /** Creates a route. */
  public Route {
    accepts = List.copyOf(accepts);
    Objects.requireNonNull(handler, "handler");
    if (!path.startsWith("/") || !List.of("GET", "POST").contains(method)) {
      throw new IllegalArgumentException(
          "route: expected GET or POST and a path, got " + method + " " + path);
    }
  }

  /**
   * Returns a route for GET and HEAD.
   *
   * @param path the whole path
   * @param produces the media type of answers
   * @param handler what answers
   * @return a light route
   */
  public static Route get(String path, String produces, Handler handler) {
    return new Route("GET", path, List.of(), produces, Weight.LIGHT, handler);
  }

  /**
   * Returns a route for POST, which answers JSON.
   *
   * @param path the whole path
   * @param accepts the media types of bodies; none of those that a page of another origin may post
   *     without asking, {@code text/plain} and those of forms
   * @param handler what answers
   * @return a heavy route
   */
  public static Route post(String path, List<String> accepts, Handler handler) {
    return new Route("POST", path, accepts, "application/json", Weight.HEAVY, handler);
  }
}
