package io.github.purenet.serve;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses what other sites make a browser ask. A page of another origin cannot read the answers,
 * but it can post, and it can give its own name the address of this machine (DNS rebinding) and
 * then read all. So the Host must be a name that is known to mean this server, and the Origin, if
 * there is one, the same as the Host.
 */
final class Gate {
  private final Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
  private final boolean anyAddress;

  /**
   * Creates a gate.
   *
   * @param own the address or name that the server is bound to
   * @param anyAddress whether it is bound to all of this machine, and so answers by any address:
   *     who reaches it by one has not been misled by a name
   * @param others other names by which browsers reach it
   */
  Gate(String own, boolean anyAddress, List<String> others) {
    this.anyAddress = anyAddress;
    hosts.add(literal(own));
    others.forEach(name -> hosts.add(literal(name)));
  }

  /** Returns an address as it stands in URLs, in lower case. */
  static String literal(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.indexOf(':') >= 0 && !lower.startsWith("[") ? "[" + lower + "]" : lower;
  }

  /**
   * Checks a request.
   *
   * @throws Problem if it comes from elsewhere
   */
  void check(String method, URI uri, Headers headers) {
    List<String> host = headers.getOrDefault("Host", List.of());
    if (host.size() != 1) {
      throw new Problem(400, "Host: expected this header once, got it " + host.size() + " times");
    }
    String authority = host.get(0).toLowerCase(Locale.ROOT);
    boolean other = uri.getRawAuthority() != null && !uri.getRawAuthority().equals(host.get(0));
    String name = name(authority);
    boolean known = hosts.contains(name) || (anyAddress && isAddress(name));
    if (other || !known) {
      throw new Problem(
          421, "Host: expected a name of this server, got another; see the option --allow-host");
    }
    checkOrigin(headers, authority);
    checkSite(method, headers);
  }

  private static boolean isAddress(String name) {
    return name.matches("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  }

  private static String name(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port =
        colon > authority.indexOf(']') && authority.substring(colon).matches(":\\d{1,5}");
    return port ? authority.substring(0, colon) : authority;
  }

  /** An origin is a scheme and what stands in Host, or null, as that of a page in a sandbox. */
  private static void checkOrigin(Headers headers, String authority) {
    for (String origin : headers.getOrDefault("Origin", List.of())) {
      String lower = origin.toLowerCase(Locale.ROOT);
      if (!lower.equals("http://" + authority) && !lower.equals("https://" + authority)) {
        throw new Problem(403, "Origin: expected the page of this server, got another origin");
      }
    }
  }

  /** Browsers tell where a request comes from; a link on another site may lead to the page. */
  private static void checkSite(String method, Headers headers) {
    String site = headers.getFirst("Sec-Fetch-Site");
    if (site == null || site.equals("same-origin") || site.equals("none")) {
      return;
    }
    boolean link =
        (method.equals("GET") || method.equals("HEAD"))
            && "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
            && "document".equals(headers.getFirst("Sec-Fetch-Dest"));
    if (!link) {
      throw new Problem(403, "Sec-Fetch-Site: expected same-origin or none, got another site");
    }
  }
}
