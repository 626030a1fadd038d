package io.github.purenet.ndarray;

import java.math.BigDecimal;

/**
 * The decimal digits of a float's magnitude: {@code d.ddd * 10^exponent}.
 *
 * <p>Source: Steele and White, "How to print floating-point numbers accurately" (PLDI 1990), the
 * algorithm Dragon4, with the rounding of NumPy's {@code dragon4.c}. {@code Float.toString} is no
 * substitute: before Java 19 it sometimes gives a digit too many.
 *
 * @param digits the digits, at least one
 * @param exponent the power of ten of the first digit
 */
record Decimal(String digits, int exponent) {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** Returns the fewest digits that distinguish the float from its neighbors. */
  static Decimal shortest(float value) {
    return of(value, 1, Integer.MIN_VALUE);
  }

  /** Returns the shortest digits, extended to {@code minDigits} by those of the exact value. */
  static Decimal shortest(float value, int minDigits) {
    return of(value, minDigits, Integer.MIN_VALUE);
  }

  /** Returns the shortest digits, rounded to at most {@code maxFraction} after the point. */
  static Decimal rounded(float value, int maxFraction) {
    return of(value, 1, -maxFraction);
  }

  private static Decimal of(float value, int minDigits, int lastExponent) {
    float magnitude = Math.abs(value);
    if (magnitude == 0) {
      return new Decimal("0", 0);
    }
    BigDecimal exact = new BigDecimal(magnitude);
    int exponent = exact.precision() - exact.scale() - 1;

    // rest is what the digits so far leave, in units of the last of them. Every number that is less
    BigDecimal rest = exact.scaleByPowerOfTen(-exponent);
    BigDecimal below =
        exact
            .subtract(new BigDecimal(Math.nextDown(magnitude)))
            .divide(TWO)
            .scaleByPowerOfTen(-exponent);
    BigDecimal above = new BigDecimal(Math.ulp(magnitude)).divide(TWO).scaleByPowerOfTen(-exponent);
    boolean even = (Float.floatToRawIntBits(magnitude) & 1) == 0;

    StringBuilder digits = new StringBuilder();
    boolean down; // whether the digits so far identify the float
    boolean up; // whether they do with the last one raised
    while (true) {
      int digit = rest.intValue();
      rest = rest.subtract(BigDecimal.valueOf(digit));
      digits.append(digit);
      down = rest.compareTo(below) < (even ? 1 : 0);
      up = rest.add(above).compareTo(BigDecimal.ONE) > (even ? -1 : 0);
      boolean unique = (down || up) && digits.length() >= minDigits;
      if (unique || exponent - (digits.length() - 1) <= lastExponent) {
        break;
      }
      rest = rest.movePointRight(1);
      below = below.movePointRight(1);
      above = above.movePointRight(1);
    }
    if (down == up) { // the nearer one, and of two equally near the one with an even digit
      int half = rest.compareTo(HALF);
      down = half < 0 || (half == 0 && (digits.charAt(digits.length() - 1) - '0') % 2 == 0);
    }
    return down ? new Decimal(digits.toString(), exponent) : raised(digits, exponent);
  }

  /** Returns the digits with the last one raised by one. */
  private static Decimal raised(StringBuilder digits, int exponent) {
    int last = digits.length() - 1;
    while (last >= 0 && digits.charAt(last) == '9') {
      digits.setCharAt(last--, '0');
    }
    if (last < 0) {
      return new Decimal(digits.insert(0, '1').substring(0, digits.length() - 1), exponent + 1);
    }
    digits.setCharAt(last, (char) (digits.charAt(last) + 1));
    return new Decimal(digits.toString(), exponent);
  }
}
