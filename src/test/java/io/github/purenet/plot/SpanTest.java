package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {

  @Test
  void goes_from_the_least_to_the_greatest_finite_number() {
    NDArray numbers = NDArray.of(3, Float.NaN, -1, Float.POSITIVE_INFINITY);

    assertThat(Span.of(List.of(numbers, NDArray.of(4)))).isEqualTo(new Span(-1, 4));
    assertThat(Span.of(List.of(numbers)).symmetric()).isEqualTo(new Span(-3, 3));
    assertThat(Span.of(List.of(NDArray.of(Float.NaN)))).isEqualTo(new Span(0, 1));
    assertThat(Span.of(List.of(NDArray.of(0, 0)))).isEqualTo(new Span(0, 1));
  }

  @Test
  void equal_numbers_are_in_the_middle() {
    for (float v : new float[] {0.1f, -7, 1e-38f, Float.MAX_VALUE, Float.MIN_VALUE}) {
      assertThat(Span.of(List.of(NDArray.of(v, v))).place(v)).as("%s", v).isEqualTo(0.5);
    }
  }

  @Test
  void pixels_are_from_0_to_1_unless_one_is_not() {
    assertThat(Span.ofPixels(List.of(NDArray.of(0.2f, 0.4f)))).isEqualTo(new Span(0, 1));
    assertThat(Span.ofPixels(List.of(NDArray.of(0, 0)))).isEqualTo(new Span(0, 1));
    assertThat(Span.ofPixels(List.of(NDArray.of(0.5f, -2)))).isEqualTo(new Span(-2, 0.5));
  }

  @Test
  void must_be_finite_and_in_order() {
    assertThatThrownBy(() -> new Span(1, 1))
        .hasMessage("span: expected finite numbers low < high, got 1.0 and 1.0");
    assertThatThrownBy(() -> new Span(0, Double.NaN)).hasMessageEndingWith("got 0.0 and NaN");
    assertThatThrownBy(() -> new Span(0, Double.POSITIVE_INFINITY))
        .hasMessageEndingWith("got 0.0 and Infinity");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-3, -3",
    "0.25, 0.25",
    "1.004, 1",
    "-0.5224, -0.522",
    "26.98, 27",
    "123.4, 123",
    "9999, 9999",
    "12345, 1.2e+04",
    "0.00012, 1.2e-04",
    "100, 100",
    "0.00415, 0.00415",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void numbers_are_short(double number, String text) {
    assertThat(Span.number(number)).isEqualTo(text);
  }
}
