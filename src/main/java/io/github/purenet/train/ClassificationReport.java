package io.github.purenet.train;

import io.github.purenet.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How a classifier did on the samples of a data set: the confusion matrix, and what follows from
 * it.
 *
 * <p>Precision is the share of the samples predicted as a class that are of it, recall the share of
 * the samples of a class that are predicted as it, and F1 their harmonic mean; where there is
 * nothing to share, each is 0. A macro average counts every class alike that occurs among targets
 * or predictions, a weighted one by its number of samples. A sample with NaN among its outputs is
 * predicted as no class.
 *
 * <p>Source: Manning, Raghavan and Schütze 2008, <i>Introduction to Information Retrieval</i>,
 * sections 8.3 and 13.6; the conventions for classes without samples are those of scikit-learn.
 */
public final class ClassificationReport {
  private final List<String> names;

  /** Rows are the true classes, columns the predicted ones. */
  private final long[][] confusion;

  /** How often the right output was the largest, the second largest and so on. */
  private final long[] ranks;

  private final long[] samplesOfClass;
  private final long samples;

  private ClassificationReport(
      List<String> names, long[][] confusion, long[] ranks, long[] samplesOfClass) {
    this.names = names;
    this.confusion = confusion;
    this.ranks = ranks;
    this.samplesOfClass = samplesOfClass;
    this.samples = LongStream.of(samplesOfClass).sum();
  }

  /**
   * Returns how a classifier did on samples whose outputs are there already.
   *
   * @param y the outputs (N, K), logits or probabilities. Not modified.
   * @param t a class index for each sample (N), below K. Not modified.
   * @return the report, with the indices of the classes as their names
   * @throws IllegalArgumentException if the shapes do not fit, there is no sample, or a number of t
   *     is no class
   */
  public static ClassificationReport of(NDArray y, NDArray t) {
    if (y.rank() != 2 || t.rank() != 1 || y.dimension(0) != t.size() || t.size() == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "report: expected outputs (N, K) and classes (N) of at least one sample, got %s and"
                  + " %s",
              y.shape(),
              t.shape()));
    }
    for (int i = 0; i < t.size(); i++) {
      float label = t.get(i);
      if (!(label >= 0 && label < y.dimension(1) && label == (int) label)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "report: expected a class from 0 to %d, got %s for sample %d",
                y.dimension(1) - 1,
                label,
                i));
      }
    }
    Counter counter = new Counter(y.dimension(1));
    counter.add(y, t);
    return counter.report();
  }

  /** Counts samples batch by batch. */
  static final class Counter {
    private final long[][] confusion;
    private final long[] ranks;
    private final long[] samplesOfClass;

    Counter(int classes) {
      confusion = new long[classes][classes];
      ranks = new long[classes];
      samplesOfClass = new long[classes];
    }

    /** Adds a batch of outputs (N, K) and class indices (N). */
    void add(NDArray y, NDArray labels) {
      for (int i = 0; i < labels.size(); i++) {
        add(y, i, (int) labels.get(i));
      }
    }

    /** A tie goes to the class that comes first, as in argmax. */
    private void add(NDArray y, int sample, int label) {
      int k = ranks.length;
      int row = sample * k;
      float right = y.data()[row + label];
      int rank = 0;
      int best = 0;
      boolean nan = false;
      for (int j = 0; j < k; j++) {
        float output = y.data()[row + j];
        nan |= Float.isNaN(output);
        rank += output > right || (output == right && j < label) ? 1 : 0;
        best = output > y.data()[row + best] ? j : best;
      }
      samplesOfClass[label]++;
      if (!nan) {
        ranks[rank]++;
        confusion[label][best]++;
      }
    }

    ClassificationReport report() {
      List<String> names = IntStream.range(0, ranks.length).mapToObj(Integer::toString).toList();
      return new ClassificationReport(names, confusion, ranks, samplesOfClass);
    }
  }

  /**
   * Returns this report with names for the classes.
   *
   * @param classNames a name for each class
   * @return a new report
   * @throws IllegalArgumentException if the numbers of names and classes differ
   */
  public ClassificationReport withClassNames(List<String> classNames) {
    if (classNames.size() != classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "report: expected %d names of classes, got %d in %s",
              classes(),
              classNames.size(),
              classNames));
    }
    return new ClassificationReport(List.copyOf(classNames), confusion, ranks, samplesOfClass);
  }

  /**
   * Returns the names of the classes.
   *
   * @return an unmodifiable list, one name a class; the indices unless they were named
   */
  public List<String> classNames() {
    return names;
  }

  /**
   * Returns the number of classes.
   *
   * @return K
   */
  public int classes() {
    return ranks.length;
  }

  /**
   * Returns the number of samples.
   *
   * @return at least 1
   */
  public long samples() {
    return samples;
  }

  /**
   * Returns how many samples of each class were predicted as each.
   *
   * @return a copy; rows are the true classes, columns the predicted ones
   */
  public long[][] confusionMatrix() {
    long[][] copy = confusion.clone();
    Arrays.setAll(copy, i -> confusion[i].clone());
    return copy;
  }

  /**
   * Returns the share of samples whose largest output is that of their class.
   *
   * @return the accuracy, from 0 to 1
   */
  public double accuracy() {
    return topAccuracy(1);
  }

  /**
   * Returns the share of samples for which the output of their class is among the k largest.
   *
   * @param k from 1 to the number of classes
   * @return the accuracy, from 0 to 1
   * @throws IllegalArgumentException if k is out of range
   */
  public double topAccuracy(int k) {
    if (k < 1 || k > classes()) {
      throw new IllegalArgumentException(
          "topAccuracy: expected k from 1 to " + classes() + ", got " + k);
    }
    return (double) LongStream.of(ranks).limit(k).sum() / samples;
  }

  /**
   * Returns the precision of a class.
   *
   * @param k the index of the class
   * @return from 0 to 1
   */
  public double precision(int k) {
    return share(confusion[checked(k)][k], predicted(k));
  }

  /**
   * Returns the recall of a class.
   *
   * @param k the index of the class
   * @return from 0 to 1
   */
  public double recall(int k) {
    return share(confusion[checked(k)][k], samplesOfClass[k]);
  }

  /**
   * Returns the F1 score of a class.
   *
   * @param k the index of the class
   * @return from 0 to 1
   */
  public double f1(int k) {
    return share(2 * confusion[checked(k)][k], predicted(k) + samplesOfClass[k]);
  }

  /**
   * Returns the mean of a number of each class.
   *
   * @param ofClass the number, for example {@code report::f1}
   * @return the mean over the classes that occur among targets or predictions
   */
  public double macro(IntToDoubleFunction ofClass) {
    return IntStream.range(0, classes())
        .filter(k -> samplesOfClass[k] + predicted(k) > 0)
        .mapToDouble(ofClass)
        .average()
        .orElse(0);
  }

  /**
   * Returns the mean of a number of each class, weighted by its number of samples.
   *
   * @param ofClass the number, for example {@code report::f1}
   * @return the mean over the samples
   */
  public double weighted(IntToDoubleFunction ofClass) {
    return IntStream.range(0, classes())
            .mapToDouble(k -> samplesOfClass[k] * ofClass.applyAsDouble(k))
            .sum()
        / samples;
  }

  private int checked(int k) {
    return Objects.checkIndex(k, classes());
  }

  private long predicted(int k) {
    return Stream.of(confusion).mapToLong(row -> row[k]).sum();
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /**
   * Returns two tables, of the numbers for each class with their averages, and of the confusion
   * matrix.
   *
   * @return lines of text
   */
  @Override
  public String toString() {
    int width =
        Stream.concat(Stream.of("predicted"), names.stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);
    String left = "%-" + width + "s";
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            left + "%11s%9s%9s%9s%n",
            "class",
            "precision",
            "recall",
            "F1",
            "samples"));
    for (int k = 0; k < classes(); k++) {
      out.append(line(left, names.get(k), precision(k), recall(k), f1(k), samplesOfClass[k]));
    }
    out.append(
        line(left, "macro", macro(this::precision), macro(this::recall), macro(this::f1), samples));
    out.append(
        line(
            left,
            "weighted",
            weighted(this::precision),
            weighted(this::recall),
            weighted(this::f1),
            samples));
    out.append(String.format(Locale.ROOT, "accuracy %.4f", accuracy()));
    if (classes() > 5) {
      out.append(String.format(Locale.ROOT, ", top-5 %.4f", topAccuracy(5)));
    }
    return out.append(String.format(Locale.ROOT, "%n%n")).append(matrix(left)).toString();
  }

  private static String line(
      String left, String name, double precision, double recall, double f1, long samples) {
    return String.format(
        Locale.ROOT, left + "%11.4f%9.4f%9.4f%9d%n", name, precision, recall, f1, samples);
  }

  private String matrix(String left) {
    int digits =
        String.valueOf(Stream.of(confusion).flatMapToLong(LongStream::of).max().orElse(0)).length();
    int width = 1 + Math.max(digits, String.valueOf(classes() - 1).length());
    String cell = "%" + width + "d";
    StringBuilder out = new StringBuilder(String.format(Locale.ROOT, left, "predicted"));
    for (int j = 0; j < classes(); j++) {
      out.append(String.format(Locale.ROOT, cell, j));
    }
    for (int i = 0; i < classes(); i++) {
      out.append(String.format(Locale.ROOT, "%n" + left, names.get(i)));
      for (int j = 0; j < classes(); j++) {
        out.append(String.format(Locale.ROOT, cell, confusion[i][j]));
      }
    }
    return out.append(System.lineSeparator()).toString();
  }
}
