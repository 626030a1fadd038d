package io.github.purenet.serve;

import java.util.ArrayList;
import java.util.List;

/** The losses of a training of any length, as at most {@link #MOST} means of equally many steps. */
final class LossCurve {
  /** More than a screen shows side by side. */
  static final int MOST = 2000;

  private final double[] means = new double[MOST];
  private int count;
  private int every = 1;
  private double sum;
  private int summed;

  /** Adds the loss of a step. */
  void add(double loss) {
    sum += loss;
    summed++;
    if (summed < every) {
      return;
    }
    means[count++] = sum / summed;
    sum = 0;
    summed = 0;
    if (count == MOST) {
      halve();
    }
  }

  private void halve() {
    for (int i = 0; i < MOST / 2; i++) {
      means[i] = (means[2 * i] + means[2 * i + 1]) / 2;
    }
    count = MOST / 2;
    every *= 2;
  }

  /** Returns of how many steps a mean is, which doubles from time to time. */
  int every() {
    return every;
  }

  /** Returns the number of means. */
  int count() {
    return count;
  }

  /** Returns the means from one on. */
  List<Double> from(int first) {
    List<Double> list = new ArrayList<>();
    for (int i = first; i < count; i++) {
      list.add(means[i]);
    }
    return list;
  }
}
