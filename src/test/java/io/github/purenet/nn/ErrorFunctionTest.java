package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {

  /** Expected values are Python's math.erfc. The approximations change at 0.46875 and 4. */
  @ParameterizedTest
  @CsvSource({
    "-6, 2.0",
    "-3, 1.9999779095030015",
    "-0.46875, 1.492613473217938",
    "-0.1, 1.1124629160182848",
    "0, 1",
    "0.3, 0.6713732405408726",
    "0.46875, 0.507386526782062",
    "0.5, 0.4795001221869535",
    "1, 0.15729920705028513",
    "2, 0.004677734981047265",
    "3.9, 3.479224859723177e-08",
    "4, 1.541725790028002e-08",
    "4.1, 6.700027654084918e-09",
    "6, 2.1519736712498916e-17",
    "10, 2.088487583762545e-45",
    "26, 5.663192408856143e-296"
  })
  void agrees_to_thirteen_digits(double x, double expected) {
    assertThat(ErrorFunction.erfc(x)).isCloseTo(expected, withinPercentage(1e-11));
  }

  @Test
  void has_its_limits_and_keeps_nan() {
    assertThat(ErrorFunction.erfc(1e4)).isZero();
    assertThat(ErrorFunction.erfc(-1e4)).isEqualTo(2);
    assertThat(ErrorFunction.erfc(Double.POSITIVE_INFINITY)).isZero();
    assertThat(ErrorFunction.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
    assertThat(ErrorFunction.erfc(Double.NaN)).isNaN();
  }

  /** Java's own functions are slower, and exact to the last digit or two. */
  @Test
  void the_exponentials_agree_with_javas_own() {
    for (double x = 1e-12; x < 30; x *= 1.07) {
      for (double signed : new double[] {x, -x}) {
        assertThat(Exponentials.expm1(signed))
            .isCloseTo(Math.expm1(signed), withinPercentage(1e-7));
        assertThat(Exponentials.tanh(signed)).isCloseTo(Math.tanh(signed), withinPercentage(1e-7));
      }
    }
    assertThat(Exponentials.tanh(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
    assertThat(Exponentials.tanh(-0.0)).isEqualTo(-0.0);
  }
}
