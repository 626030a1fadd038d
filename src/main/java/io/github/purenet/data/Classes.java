package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.stream.IntStream;

/** What follows from the classes of samples, whose targets are class indices or one-hot rows. */
final class Classes {

  private Classes() {}

  /** Returns the class of each sample. */
  static int[] of(String who, Dataset dataset) {
    Shape target = dataset.targetShape();
    if (target.rank() > 1) {
      throw new IllegalArgumentException(
          who + ": expected class indices or rows of classes as targets, got " + target);
    }
    NDArray t = NDArray.zeros(target.prepend(1));
    int[] classes = new int[dataset.size()];
    for (int i = 0; i < classes.length; i++) {
      dataset.copyTargetTo(i, t, 0);
      float label = target.rank() == 0 ? t.data()[0] : t.argmax();
      if (!(label >= 0 && label == (int) label)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "%s: expected a class index, got %s as target %d", who, label, i));
      }
      classes[i] = (int) label;
    }
    return classes;
  }

  /** Returns how many samples each class has, up to the largest class that occurs. */
  static int[] counts(int[] classes) {
    int[] counts = new int[Arrays.stream(classes).max().orElse(-1) + 1];
    for (int k : classes) {
      counts[k]++;
    }
    return counts;
  }

  /** Returns the indices of the samples of some classes, in order. */
  static int[] indices(Dataset dataset, int... wanted) {
    BitSet set = new BitSet();
    for (int k : wanted) {
      if (k < 0) {
        throw new IllegalArgumentException(
            "ofClasses: expected class indices, got " + Arrays.toString(wanted));
      }
      set.set(k);
    }
    int[] classes = of("ofClasses", dataset);
    return IntStream.range(0, classes.length).filter(i -> set.get(classes[i])).toArray();
  }

  /** Returns size / (K count) for each of K classes. */
  static double[] balancedWeights(Dataset dataset, int classes) {
    int[] counts = counts(of("balancedClassWeights", dataset));
    if (classes < 1 || counts.length > classes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "balancedClassWeights: expected classes below %d, got %d",
              classes,
              counts.length - 1));
    }
    double[] weights = new double[classes];
    for (int k = 0; k < counts.length; k++) {
      weights[k] = counts[k] == 0 ? 0 : dataset.size() / ((double) classes * counts[k]);
    }
    return weights;
  }
}
