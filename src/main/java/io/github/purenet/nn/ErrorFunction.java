package io.github.purenet.nn;

/**
 * The complementary error function, {@code erfc(x) = 1 - erf(x)}, the integral of {@code 2 /
 * sqrt(pi) exp(-t²)} from x to infinity.
 *
 * <p>Source: Cody 1969, <i>Rational Chebyshev Approximations for the Error Function</i>,
 * Mathematics of Computation 23, with the coefficients of his routine CALERF (Netlib, SPECFUN).
 * Their relative error is below 1e-15; here it is below 1e-13, since exp(-x²) is computed from a
 * rounded square.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits as published
final class ErrorFunction {
  private static final double[] A = {
    3.16112374387056560e00,
    1.13864154151050156e02,
    3.77485237685302021e02,
    3.20937758913846947e03,
    1.85777706184603153e-1
  };
  private static final double[] B = {
    2.36012909523441209e01, 2.44024637934444173e02, 1.28261652607737228e03, 2.84423683343917062e03
  };
  private static final double[] C = {
    5.64188496988670089e-1,
    8.88314979438837594e00,
    6.61191906371416295e01,
    2.98635138197400131e02,
    8.81952221241769090e02,
    1.71204761263407058e03,
    2.05107837782607147e03,
    1.23033935479799725e03,
    2.15311535474403846e-8
  };
  private static final double[] D = {
    1.57449261107098347e01,
    1.17693950891312499e02,
    5.37181101862009858e02,
    1.62138957456669019e03,
    3.29079923573345963e03,
    4.36261909014324716e03,
    3.43936767414372164e03,
    1.23033935480374942e03
  };
  private static final double[] P = {
    3.05326634961232344e-1,
    3.60344899949804439e-1,
    1.25781726111229246e-1,
    1.60837851487422766e-2,
    6.58749161529837803e-4,
    1.63153871373020978e-2
  };
  private static final double[] Q = {
    2.56852019228982242e00,
    1.87295284992346725e00,
    5.27905102951428412e-1,
    6.05183413124413191e-2,
    2.33520497626869185e-3
  };

  private static final double ONE_OVER_SQRT_PI = 1 / Math.sqrt(Math.PI);

  private ErrorFunction() {}

  /** Returns erfc(x), from 2 at negative infinity to 0 at infinity; NaN for NaN. */
  static double erfc(double x) {
    double y = Math.abs(x);
    if (y <= 0.46875) {
      return 1 - x * quotient(A, B, y * y);
    }
    double tail = Math.exp(-y * y) * (y <= 4 ? quotient(C, D, y) : farTail(y));
    return x < 0 ? 2 - tail : tail;
  }

  /** Returns {@code exp(y²) erfc(y)} for y above 4. */
  private static double farTail(double y) {
    double z = 1 / (y * y);
    return (ONE_OVER_SQRT_PI - z * quotient(P, Q, z)) / y;
  }

  /**
   * Returns a quotient of polynomials in z of equal degree. As Cody writes them, the last number is
   * the leading coefficient of the numerator, that of the denominator is 1, and the others follow
   * in descending order.
   */
  private static double quotient(double[] numerator, double[] denominator, double z) {
    int degree = denominator.length;
    double above = numerator[degree];
    double below = 1;
    for (int i = 0; i < degree; i++) {
      above = above * z + numerator[i];
      below = below * z + denominator[i];
    }
    return above / below;
  }
}
