package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What printed arrays look like; NDArrayGoldenTest compares many more with NumPy's. */
class ArrayPrinterTest {

  @Test
  void a_matrix_has_a_line_for_each_row() {
    assertThat(NDArray.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6))
        .hasToString(
            """
            [[1. 2. 3.]
             [4. 5. 6.]]\
            """);
  }

  @Test
  void a_blank_line_separates_matrices() {
    assertThat(NDArray.arange(12).reshape(2, 2, 3))
        .hasToString(
            """
            [[[ 0.  1.  2.]
              [ 3.  4.  5.]]

             [[ 6.  7.  8.]
              [ 9. 10. 11.]]]\
            """);
  }

  @Test
  void a_scalar_has_no_brackets_and_nothing_has_nothing_else() {
    assertThat(NDArray.scalar(3.5f)).hasToString("3.5");
    assertThat(NDArray.zeros(2, 0, 3)).hasToString("[]");
  }

  @Test
  void more_than_a_thousand_numbers_are_summarized() {
    assertThat(NDArray.arange(1001)).hasToString("[   0.    1.    2. ...  998.  999. 1000.]");
    assertThat(NDArray.zeros(4, 300))
        .hasToString(
            """
            [[0. 0. 0. ... 0. 0. 0.]
             [0. 0. 0. ... 0. 0. 0.]
             [0. 0. 0. ... 0. 0. 0.]
             [0. 0. 0. ... 0. 0. 0.]]\
            """);
    assertThat(NDArray.zeros(500, 500).toString()).hasLineCount(7);
  }

  @Test
  void a_part_prints_its_own_numbers() {
    NDArray x = NDArray.arange(6).reshape(3, 2);

    assertThat(x.slice(1, 3))
        .hasToString(
            """
            [[2. 3.]
             [4. 5.]]\
            """);
    assertThat(x.at(2).at(1)).hasToString("5.0");
  }

  @Test
  void the_locale_changes_nothing() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(NDArray.of(1e-7f, 0.5f)).hasToString("[1.e-07 5.e-01]");
    } finally {
      Locale.setDefault(before);
    }
  }
}
