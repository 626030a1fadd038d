package io.github.purenet.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private final Gate gate = new Gate("192.0.2.7", false, List.of("Lab.example", "2001:db8::1"));

  private static Headers headers(String... pairs) {
    Headers headers = new Headers();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.add(pairs[i], pairs[i + 1]);
    }
    return headers;
  }

  private void check(String method, String... headers) {
    gate.check(method, URI.create("/api/predict"), headers(headers));
  }

  private int status(String method, String... headers) {
    Problem problem = catchThrowableOfType(Problem.class, () -> check(method, headers));
    assertThat(problem).as("a problem").isNotNull();
    return problem.status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST:1",
        "127.0.0.1:65535",
        "[::1]",
        "[::1]:8080",
        "192.0.2.7:80",
        "lab.example",
        "LAB.EXAMPLE:80",
        "[2001:db8::1]:80"
      })
  void the_names_of_the_server_are_let_in(String host) {
    assertThatCode(() -> check("POST", "Host", host)).doesNotThrowAnyException();
  }

  /** The first is what a page asks for whose name has got the address of this machine. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "localhost:8080.evil.example",
        "evil.example#localhost",
        "user@localhost",
        "localhost:",
        "localhost:80:80",
        "localhost:port",
        "127.0.0.2",
        "0.0.0.0",
        "[::2]",
        "::1",
        ""
      })
  void other_names_are_refused(String host) {
    assertThat(status("GET", "Host", host)).isEqualTo(421);
  }

  /** A name may be given any address by who owns it; an address cannot. */
  @Test
  void a_server_of_all_addresses_answers_by_any_but_not_by_any_name() {
    Gate everywhere = new Gate("0.0.0.0", true, List.of());
    for (String host : List.of("192.0.2.7:80", "[2001:db8::1]:80", "localhost", "10.0.0.1")) {
      assertThatCode(() -> everywhere.check("GET", URI.create("/"), headers("Host", host)))
          .doesNotThrowAnyException();
    }
    for (String host : List.of("evil.example", "10.0.0.1.evil.example", "1", "[evil]")) {
      Problem problem =
          catchThrowableOfType(
              Problem.class, () -> everywhere.check("GET", URI.create("/"), headers("Host", host)));
      assertThat(problem.status()).isEqualTo(421);
    }
  }

  @Test
  void a_request_has_one_host() {
    assertThat(status("GET")).isEqualTo(400);
    assertThat(status("GET", "Host", "localhost", "Host", "localhost")).isEqualTo(400);
  }

  @Test
  void a_whole_address_in_the_first_line_must_be_that_of_the_host() {
    Headers host = headers("Host", "localhost:80");
    assertThatCode(() -> gate.check("GET", URI.create("http://localhost:80/"), host))
        .doesNotThrowAnyException();
    for (String other : List.of("http://evil.example/", "http://localhost:81/", "//evil/x")) {
      Problem problem =
          catchThrowableOfType(Problem.class, () -> gate.check("GET", URI.create(other), host));
      assertThat(problem.status()).isEqualTo(421);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, true",
    "https://localhost:8080, true", // behind a proxy that speaks TLS
    "HTTP://LOCALHOST:8080, true",
    "http://localhost:3000, false", // another server of this machine
    "http://localhost, false",
    "http://127.0.0.1:8080, false",
    "http://evil.example, false",
    "http://localhost:8080.evil.example, false",
    "null, false", // a page in a sandbox, or a file
    "'', false"
  })
  void the_origin_is_the_page_of_the_server(String origin, boolean fits) {
    String[] headers = {"Host", "localhost:8080", "Origin", origin};
    if (fits) {
      assertThatCode(() -> check("POST", headers)).doesNotThrowAnyException();
    } else {
      assertThat(status("POST", headers)).isEqualTo(403);
      assertThat(status("GET", headers)).isEqualTo(403);
    }
  }

  @Test
  void what_another_site_asks_for_is_refused_but_a_link_to_the_page() {
    for (String site : List.of("same-origin", "none")) {
      assertThatCode(() -> check("POST", "Host", "localhost", "Sec-Fetch-Site", site))
          .doesNotThrowAnyException();
    }
    for (String site : List.of("cross-site", "same-site", "anything")) {
      String[] link = {
        "Host",
        "localhost",
        "Sec-Fetch-Site",
        site,
        "Sec-Fetch-Mode",
        "navigate",
        "Sec-Fetch-Dest",
        "document"
      };
      String[] frame = link.clone();
      frame[7] = "iframe";
      assertThat(status("GET", "Host", "localhost", "Sec-Fetch-Site", site)).isEqualTo(403);
      assertThatCode(() -> check("GET", link)).doesNotThrowAnyException();
      assertThat(status("POST", link)).isEqualTo(403);
      assertThat(status("GET", frame)).isEqualTo(403);
    }
  }
}
