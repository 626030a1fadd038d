package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalTest {

  @Test
  void the_shortest_digits_have_no_digit_too_many() {
    assertThat(Decimal.shortest(0.1f)).isEqualTo(new Decimal("1", -1));
    assertThat(Decimal.shortest(2e-3f)).isEqualTo(new Decimal("2", -3));
    assertThat(Decimal.shortest(Float.MIN_VALUE)).isEqualTo(new Decimal("1", -45));
    assertThat(Decimal.shortest(Float.MAX_VALUE)).isEqualTo(new Decimal("34028235", 38));
    assertThat(Decimal.shortest(1e23f)).isEqualTo(new Decimal("1", 23));
    assertThat(Decimal.shortest(-12.5f)).isEqualTo(new Decimal("125", 1));
    assertThat(Decimal.shortest(0)).isEqualTo(new Decimal("0", 0));
  }

  @Test
  void more_digits_come_from_the_exact_value() {
    assertThat(Decimal.shortest((float) 1.1e10, 8)).isEqualTo(new Decimal("11000001", 10));
    assertThat(Decimal.shortest(0.5f, 4)).isEqualTo(new Decimal("5000", -1));
  }

  @Test
  void fewer_digits_are_rounded_half_to_even() {
    assertThat(Decimal.rounded(0.125f, 2)).isEqualTo(new Decimal("12", -1));
    assertThat(Decimal.rounded(0.375f, 2)).isEqualTo(new Decimal("38", -1));
    assertThat(Decimal.rounded(9.99f, 1)).isEqualTo(new Decimal("10", 1));
  }

  @Test
  void shortest_digits_read_back_as_the_same_float() {
    long seed = 3;
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt(0x7f800000));
      Decimal decimal = Decimal.shortest(value);
      String text = decimal.digits() + "e" + (decimal.exponent() - decimal.digits().length() + 1);

      assertThat(Float.parseFloat(text)).as("seed %d, number %d", seed, i).isEqualTo(value);
      assertThat(decimal.digits().length()).as("seed %d, number %d", seed, i).isLessThan(10);
    }
  }
}
