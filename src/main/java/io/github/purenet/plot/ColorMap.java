package io.github.purenet.plot;

import java.awt.Color;

/**
 * A color for each number from 0 to 1.
 *
 * <p>The colors of {@link #HEAT} and {@link #DIVERGING} are computed in Oklab, in which equal
 * distances look equal (Ottosson 2020, <i>A perceptual color space for image processing</i>): their
 * lightness is linear in the number, so that they can be read in gray, and their hues are told
 * apart by the color-blind.
 */
public enum ColorMap {
  /** From black over gray to white, all of one step apart. */
  GRAY {
    @Override
    int compute(double t) {
      int level = (int) Math.round(255 * t);
      return level << 16 | level << 8 | level;
    }
  },

  /** From dark violet over teal to light yellow, for numbers that begin at 0. */
  HEAT {
    @Override
    int compute(double t) {
      double chroma = 0.105 + 0.075 * t * t - 0.03 * StrictMath.sin(Math.PI * t);
      return oklch(0.25 + 0.68 * t, chroma, 305 - 200 * t);
    }
  },

  /** From dark blue over white, which is at 0.5, to dark orange, for numbers of both signs. */
  DIVERGING {
    @Override
    int compute(double t) {
      double distance = Math.abs(2 * t - 1);
      double chroma = 0.125 * StrictMath.sin(Math.PI / 2 * Math.min(1, 1.6 * distance));
      return oklch(0.97 - 0.55 * distance, chroma, t < 0.5 ? 255 : 48);
    }

    /** The sign alone, as bright as black and white both allow: the opacity tells the size. */
    @Override
    int over(double t) {
      return Double.isNaN(t) ? NAN : oklch(0.7, 0.15, t < 0.5 ? 255 : 55);
    }
  };

  private static final int STEPS = 256;

  /** What NaN looks like: no color of the maps, in gray like none of their ends. */
  static final int NAN = 0xd5_5e_00;

  @SuppressWarnings("ImmutableEnumChecker") // written by the constructor alone
  private final int[] table = new int[STEPS];

  ColorMap() {
    for (int i = 0; i < STEPS; i++) {
      table[i] = compute(i / (STEPS - 1.0));
    }
  }

  abstract int compute(double t);

  /**
   * Returns a color.
   *
   * @param t the number; below 0 is as 0, above 1 as 1, and NaN is vermilion
   * @return the color
   */
  @SuppressWarnings("exports") // who has a Color reads java.desktop
  public Color color(double t) {
    return new Color(rgb(t));
  }

  /** Returns a color, as 0xrrggbb, that shows where it is mixed with those of an image. */
  int over(double t) {
    return rgb(t);
  }

  /** Returns a color as 0xrrggbb. */
  int rgb(double t) {
    return Double.isNaN(t)
        ? NAN
        : table[(int) Math.round((STEPS - 1) * Math.min(1, Math.max(0, t)))];
  }

  /**
   * Returns the sRGB color of a lightness (0 to 1), a chroma and a hue in degrees of Oklab, with
   * the chroma made smaller as far as sRGB does not have the color.
   */
  static int oklch(double lightness, double chroma, double hue) {
    double c = chroma;
    double[] rgb = linear(lightness, c, hue);
    while (c > 0 && !inGamut(rgb)) {
      c -= 0.001;
      rgb = linear(lightness, Math.max(c, 0), hue);
    }
    return level(rgb[0]) << 16 | level(rgb[1]) << 8 | level(rgb[2]);
  }

  private static boolean inGamut(double[] rgb) {
    for (double v : rgb) {
      if (v < -1e-6 || v > 1 + 1e-6) {
        return false;
      }
    }
    return true;
  }

  private static double[] linear(double lightness, double chroma, double hue) {
    double a = chroma * StrictMath.cos(Math.toRadians(hue));
    double b = chroma * StrictMath.sin(Math.toRadians(hue));
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new double[] {
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    };
  }

  private static double cube(double v) {
    return v * v * v;
  }

  /** Returns the level from 0 to 255 of a linear share of light (IEC 61966-2-1). */
  private static int level(double linear) {
    double v = Math.min(1, Math.max(0, linear));
    double encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * StrictMath.pow(v, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * encoded);
  }
}
