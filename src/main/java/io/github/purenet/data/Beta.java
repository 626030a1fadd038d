package io.github.purenet.data;

import java.util.random.RandomGenerator;

/** Random numbers of the symmetric beta distribution, the same on every machine. */
final class Beta {

  private Beta() {}

  /**
   * Returns a number of Beta(alpha, alpha), as a share of two numbers of a gamma distribution.
   *
   * <p>Source: Marsaglia and Tsang 2000, <i>A Simple Method for Generating Gamma Variables</i>; for
   * alpha below 1 with the power of a uniform number from its section 6, in logarithms, since the
   * numbers themselves may be too small for a double.
   */
  static double symmetric(double alpha, RandomGenerator random) {
    double first = logGamma(alpha, random);
    double second = logGamma(alpha, random);
    return 1 / (1 + StrictMath.exp(second - first));
  }

  /** Returns the logarithm of a number of Gamma(alpha, 1). */
  private static double logGamma(double alpha, RandomGenerator random) {
    double boost = alpha < 1 ? StrictMath.log(open(random)) / alpha : 0;
    double d = (alpha < 1 ? alpha + 1 : alpha) - 1 / 3.0;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double normal = normal(random);
      double v = 1 + c * normal;
      if (v > 0) {
        v = v * v * v;
        double log = StrictMath.log(v);
        if (StrictMath.log(open(random)) < 0.5 * normal * normal + d - d * v + d * log) {
          return boost + StrictMath.log(d) + log;
        }
      }
    }
  }

  /** Returns a normally distributed number (Box and Muller 1958). */
  private static double normal(RandomGenerator random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(open(random)));
    return radius * StrictMath.cos(2 * Math.PI * open(random));
  }

  /** Returns a number above 0 and below 1. */
  private static double open(RandomGenerator random) {
    return ((random.nextLong() >>> 11) + 0.5) * 0x1p-53;
  }
}
