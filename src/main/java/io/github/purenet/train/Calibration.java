package io.github.purenet.train;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Softmax;
import io.github.purenet.nn.SoftmaxWithLoss;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How far a classifier's confidence can be trusted: of the samples of which it is 80 % sure, 80 %
 * should be right. The confidence is the largest probability of a sample; of equal ones, the first
 * is what the classifier says.
 *
 * <p>The samples are sorted into M bins of equal width, ((m - 1) / M, m / M] for m from 1 to M. The
 * expected calibration error is the mean of |accuracy - confidence| over the bins, weighted by
 * their samples, the maximum calibration error the largest such difference. Both depend on the
 * number of bins.
 *
 * <p>Source: Guo, Pleiss, Sun and Weinberger 2017, <i>On Calibration of Modern Neural Networks</i>,
 * section 2; a confidence of 0, which is in none of their bins, is in the first one here.
 */
public final class Calibration {
  /** The number of bins in the tables of Guo et al. */
  private static final int BINS = 15;

  /** Float rounding of a softmax over many classes stays far below. */
  private static final double ROUNDING = 1e-3;

  private final List<Bin> bins;

  /**
   * The samples whose confidence is in one interval.
   *
   * @param from where the interval begins, exclusive except for 0
   * @param to where it ends, inclusive
   * @param samples the number of samples
   * @param confidence their mean confidence; NaN without samples
   * @param accuracy the share of them that is right; NaN without samples
   */
  public record Bin(double from, double to, long samples, double confidence, double accuracy) {

    /**
     * Returns by how much accuracy and confidence differ.
     *
     * @return the absolute difference, from 0 to 1; 0 without samples
     */
    public double gap() {
      return samples == 0 ? 0 : Math.abs(accuracy - confidence);
    }
  }

  private Calibration(List<Bin> bins) {
    this.bins = bins;
  }

  /** Counts samples batch by batch. */
  private static final class Counter {
    private final long[] samples;
    private final long[] right;
    private final double[] confidence;

    Counter(int bins) {
      if (bins < 1) {
        throw new IllegalArgumentException(
            "calibration: expected at least 1 bin, got " + bins + " bins");
      }
      samples = new long[bins];
      right = new long[bins];
      confidence = new double[bins];
    }

    /** Adds probabilities (N, K) and class indices (N), which begin with the given sample. */
    void add(NDArray probabilities, NDArray labels, int first) {
      int k = probabilities.dimension(1);
      for (int i = 0; i < labels.size(); i++) {
        int best = best(probabilities, i, first);
        int label = label(labels, i, k, first);
        double p = Math.min(1, probabilities.data()[i * k + best]);
        int bin = Math.max(0, (int) Math.ceil(p * samples.length) - 1);
        samples[bin]++;
        right[bin] += best == label ? 1 : 0;
        confidence[bin] += p;
      }
    }

    private static int best(NDArray probabilities, int row, int first) {
      int k = probabilities.dimension(1);
      int best = 0;
      double sum = 0;
      for (int j = 0; j < k; j++) {
        float p = probabilities.data()[row * k + j];
        if (!(p >= 0 && p <= 1 + ROUNDING)) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "probabilities: expected numbers from 0 to 1, got %s for class %d of sample %d",
                  p,
                  j,
                  first + row));
        }
        sum += p;
        best = p > probabilities.data()[row * k + best] ? j : best;
      }
      if (Math.abs(sum - 1) > ROUNDING) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "probabilities: expected a sum of 1, got %s for sample %d",
                sum,
                first + row));
      }
      return best;
    }

    private static int label(NDArray labels, int i, int k, int first) {
      float label = labels.data()[i];
      if (!(label >= 0 && label < k && label == (int) label)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "labels: expected a class from 0 to %d, got %s for sample %d",
                k - 1,
                label,
                first + i));
      }
      return (int) label;
    }

    Calibration calibration() {
      int m = samples.length;
      return new Calibration(
          IntStream.range(0, m)
              .mapToObj(
                  i ->
                      new Bin(
                          (double) i / m,
                          (i + 1.0) / m,
                          samples[i],
                          confidence[i] / samples[i], // NaN without samples
                          (double) right[i] / samples[i]))
              .toList());
    }
  }

  /**
   * Returns how well a classifier is calibrated, in 15 bins.
   *
   * @param network the classifier: one with {@link SoftmaxWithLoss}, or with a {@link Softmax} at
   *     its end
   * @param dataset the samples, at least one
   * @param batchSize the number of samples that are computed at once, at least 1
   * @return the calibration
   * @throws IllegalArgumentException if the outputs of the network are no probabilities and no
   *     logits of them, the data set is empty or does not fit the network, or the batch size is out
   *     of range
   */
  public static Calibration of(Network network, Dataset dataset, int batchSize) {
    return of(network, dataset, batchSize, BINS);
  }

  /**
   * Returns how well a classifier is calibrated.
   *
   * @param network the classifier: one with {@link SoftmaxWithLoss}, or with a {@link Softmax} at
   *     its end
   * @param dataset the samples, at least one
   * @param batchSize the number of samples that are computed at once, at least 1
   * @param bins the number of bins, at least 1
   * @return the calibration
   * @throws IllegalArgumentException if the outputs of the network are no probabilities and no
   *     logits of them, the data set is empty or does not fit the network, or a number is out of
   *     range
   */
  public static Calibration of(Network network, Dataset dataset, int batchSize, int bins) {
    ClassProbabilities probabilities = new ClassProbabilities("calibration", network);
    Counter counter = new Counter(bins);
    Evaluation.metric(
        Metric.accuracy(),
        network,
        dataset,
        batchSize,
        (batch, y, first) -> {
          NDArray p = probabilities.of(y);
          counter.add(p, batch.t().rank() == 1 ? batch.t() : batch.t().argmax(1), first);
        });
    return counter.calibration();
  }

  /**
   * Returns how well probabilities are calibrated, in 15 bins.
   *
   * @param probabilities (N, K), rows that sum to 1. Not modified.
   * @param labels class indices (N). Not modified.
   * @return the calibration
   * @throws IllegalArgumentException if the shapes do not fit, there is no sample, or a number is
   *     no probability or no class; the message names it and its sample
   */
  public static Calibration of(NDArray probabilities, NDArray labels) {
    return of(probabilities, labels, BINS);
  }

  /**
   * Returns how well probabilities are calibrated.
   *
   * @param probabilities (N, K), rows that sum to 1. Not modified.
   * @param labels class indices (N). Not modified.
   * @param bins the number of bins, at least 1
   * @return the calibration
   * @throws IllegalArgumentException if the shapes do not fit, there is no sample, a number is no
   *     probability or no class, or the number of bins is out of range
   */
  public static Calibration of(NDArray probabilities, NDArray labels, int bins) {
    Shape shape = probabilities.shape();
    if (shape.rank() != 2 || probabilities.size() == 0) {
      throw new IllegalArgumentException(
          "probabilities: expected (N, K), at least one number, got " + shape);
    }
    if (!labels.shape().equals(Shape.of(shape.dimension(0)))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "labels: expected %s for probabilities %s, got %s",
              Shape.of(shape.dimension(0)),
              shape,
              labels.shape()));
    }
    Counter counter = new Counter(bins);
    counter.add(probabilities, labels, 0);
    return counter.calibration();
  }

  /**
   * Returns the bins, those without samples included.
   *
   * @return an unmodifiable list, from confidence 0 to 1
   */
  public List<Bin> bins() {
    return bins;
  }

  /**
   * Returns the number of samples.
   *
   * @return at least 1
   */
  public long samples() {
    return bins.stream().mapToLong(Bin::samples).sum();
  }

  /**
   * Returns the share of samples that is right.
   *
   * @return from 0 to 1
   */
  public double accuracy() {
    return occupied().mapToDouble(bin -> bin.samples() * bin.accuracy()).sum() / samples();
  }

  /**
   * Returns the mean confidence of all samples.
   *
   * @return from 0 to 1
   */
  public double confidence() {
    return occupied().mapToDouble(bin -> bin.samples() * bin.confidence()).sum() / samples();
  }

  /**
   * Returns the expected calibration error (ECE).
   *
   * @return from 0, which is best, to 1
   */
  public double expectedError() {
    return bins.stream().mapToDouble(bin -> bin.samples() * bin.gap()).sum() / samples();
  }

  /**
   * Returns the maximum calibration error (MCE). A bin with few samples can make it large.
   *
   * @return from 0, which is best, to 1
   */
  public double maximumError() {
    return bins.stream().mapToDouble(Bin::gap).max().orElse(0);
  }

  private Stream<Bin> occupied() {
    return bins.stream().filter(bin -> bin.samples() > 0);
  }

  /**
   * Returns a table of the bins with samples, and the errors.
   *
   * @return lines of text
   */
  @Override
  public String toString() {
    StringBuilder out =
        new StringBuilder(
            String.format(
                Locale.ROOT, "%-16s%10s%12s%10s%n", "confidence", "samples", "mean", "accuracy"));
    for (Bin bin : occupied().toList()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%.3f to %.3f  %10d%12.4f%10.4f%n",
              bin.from(),
              bin.to(),
              bin.samples(),
              bin.confidence(),
              bin.accuracy()));
    }
    return out.append(
            String.format(
                Locale.ROOT,
                "expected calibration error %.4f, maximum %.4f%n",
                expectedError(),
                maximumError()))
        .toString();
  }
}
