package io.github.purenet.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MediaTest {
  /** Headers may be as long as 64 KB; nothing may take more than time in proportion. */
  @Test
  void a_long_header_is_looked_through_once() {
    Route route = Route.get("/", "application/json", request -> null);
    Headers headers = new Headers();
    headers.add("Accept", "a" + " ".repeat(1_000_000) + "a");
    Problem problem =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> catchThrowableOfType(Problem.class, () -> Media.checkAnswer(route, headers)));
    assertThat(problem.status()).isEqualTo(406);
  }
}
