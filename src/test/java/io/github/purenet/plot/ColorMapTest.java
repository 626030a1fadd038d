package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColorMapTest {

  /** Lightness in CIELAB (D65), another space than the one the colors are computed in. */
  private static double lightness(Color color) {
    double y =
        0.2126 * linear(color.getRed())
            + 0.7152 * linear(color.getGreen())
            + 0.0722 * linear(color.getBlue());
    return 116 * (y > 0.008856 ? Math.cbrt(y) : 7.787 * y + 16.0 / 116) - 16;
  }

  private static double linear(int level) {
    double c = level / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }

  @Test
  void gray_goes_from_black_to_white() {
    assertThat(ColorMap.GRAY.color(0)).isEqualTo(Color.BLACK);
    assertThat(ColorMap.GRAY.color(1)).isEqualTo(Color.WHITE);
    assertThat(ColorMap.GRAY.color(0.5)).isEqualTo(new Color(128, 128, 128));
  }

  @ParameterizedTest
  @EnumSource(names = {"GRAY", "HEAT"})
  void larger_numbers_are_lighter_by_equal_steps(ColorMap map) {
    double from = lightness(map.color(0));
    double range = lightness(map.color(1)) - from;

    assertThat(range).isGreaterThan(65);
    for (int i = 1; i <= 16; i++) {
      double step = lightness(map.color(i / 16.0)) - lightness(map.color((i - 1) / 16.0));
      assertThat(step).as("step %d", i).isCloseTo(range / 16, within(0.35 * range / 16));
    }
  }

  @Test
  void both_signs_are_as_dark_as_each_other_and_of_other_hues() {
    for (double d = 0.125; d <= 0.5; d += 0.125) {
      Color negative = ColorMap.DIVERGING.color(0.5 - d);
      Color positive = ColorMap.DIVERGING.color(0.5 + d);
      assertThat(lightness(negative)).isCloseTo(lightness(positive), within(4.0));
      assertThat(negative.getBlue() - negative.getRed()).isGreaterThan(25);
      assertThat(positive.getRed() - positive.getBlue()).isGreaterThan(25);
    }
    assertThat(lightness(ColorMap.DIVERGING.color(0.5))).isGreaterThan(95);
  }

  @ParameterizedTest
  @EnumSource
  void numbers_outside_are_the_ends_and_nan_is_none_of_the_colors(ColorMap map) {
    assertThat(map.color(-3)).isEqualTo(map.color(0));
    assertThat(map.color(Double.NEGATIVE_INFINITY)).isEqualTo(map.color(0));
    assertThat(map.color(1e9)).isEqualTo(map.color(1));
    for (int i = 0; i <= 255; i++) {
      assertThat(map.color(i / 255.0)).isNotEqualTo(map.color(Double.NaN));
    }
  }
}
