package io.github.purenet.serve;

import java.io.IOException;

/** Answers the requests of a route; any number of threads call it at once. */
@FunctionalInterface
public interface Handler {
  /**
   * Answers a request.
   *
   * @param request the request, whose body is there as a whole
   * @return the answer
   * @throws Problem if the request is wrong, or cannot be answered now
   * @throws IOException if something else fails, which is the server's fault
   */
  Response handle(Request request) throws IOException;
}
