package io.github.purenet.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
  /** What may be held in {@link #request}. */
  private static final int HELD = 1_000_000;

  private static Request request(String body) {
    Limits all = Limits.DEFAULT;
    Limits limits = new Limits(HELD, HELD, 1, 1, 1, 1, 1, all.times());
    Admission.Guest guest = new Admission(limits).guest();
    return new Request(Map.of(), "application/json", body.getBytes(UTF_8), 0, guest);
  }

  private static String list(String element, int bytes) {
    return "{\"a\":[" + element + ("," + element).repeat(bytes / (element.length() + 1)) + "]}";
  }

  /** Lists, objects and texts take far more memory than numbers of as many bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"[1]", "{\"\":1}", "\"x\""})
  void json_is_refused_by_what_it_becomes_in_memory(String element) {
    Request request = request(list(element, HELD / 12));
    Problem problem = catchThrowableOfType(Problem.class, request::json);
    assertThat(problem).isNotNull();
    assertThat(problem.status()).isEqualTo(413);
  }

  @Test
  void numbers_of_as_many_bytes_are_taken() {
    assertThat(request(list("0.5", HELD / 12)).json()).containsOnlyKeys("a");
  }
}
