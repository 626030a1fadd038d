package io.github.purenet.nn;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Softmax and cross entropy in one loss, the mean over the batch of {@code -log(softmax(y)[t])}.
 *
 * <p>Shapes: y (N, K), logits, with N and K at least 1; t either (N), class indices from 0 to K -
 * 1, or (N, K), a row of probabilities for each sample, as in one-hot or soft labels. dy =
 * (softmax(y) - t) / N.
 *
 * <p>With label smoothing e, the targets become {@code t' = (1 - e) t + e / K}, where t is one-hot.
 * With class weights w, the loss is the sum over samples and classes of {@code -w[k] t'[k]
 * log(softmax(y)[k])}, divided by the sum of w[t] for class indices, but by N for rows of
 * probabilities, including one-hot rows. All this is as in PyTorch's {@code CrossEntropyLoss},
 * except that a batch of class indices whose weights are all 0 has the loss 0 here and NaN there.
 *
 * <p>Source: Saitoh, <i>Deep Learning from Scratch</i>, section 5.6.3; label smoothing from Szegedy
 * et al. 2016, <i>Rethinking the Inception Architecture for Computer Vision</i>, section 7. The
 * logarithm is that of a sum of exponentials, not of a probability, so it is finite without the
 * small number that the book adds.
 */
public final class SoftmaxWithLoss implements Loss {
  static final String NAME = "SoftmaxWithLoss";

  private final double smoothing;

  /** The weight of each class; empty if all are 1. */
  private final double[] weights;

  /** Creates the loss without label smoothing, and with weight 1 for every class. */
  public SoftmaxWithLoss() {
    this(0, new double[0]);
  }

  private SoftmaxWithLoss(double smoothing, double[] weights) {
    this.smoothing = smoothing;
    this.weights = weights;
  }

  /**
   * Returns a copy of this loss with the given label smoothing.
   *
   * @param share e, the share of each target that is spread evenly over all classes, at least 0 and
   *     less than 1
   * @return a new loss
   * @throws IllegalArgumentException if the number is out of range
   */
  public SoftmaxWithLoss labelSmoothing(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          NAME + ": expected a label smoothing from 0 to below 1, got " + share);
    }
    return new SoftmaxWithLoss(share, weights);
  }

  /**
   * Returns a copy of this loss with the given class weights, which may be larger for rare classes.
   *
   * @param weight w, a finite float of at least 0 for each of the K classes, not all 0; copied
   * @return a new loss
   * @throws IllegalArgumentException if a number is out of range
   */
  public SoftmaxWithLoss classWeights(double... weight) {
    double sum = 0;
    double[] copy = weight.clone();
    for (int i = 0; i < weight.length; i++) {
      double w = weight[i];
      if (!(w >= 0 && Float.isFinite((float) w))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: expected finite class weights of at least 0, got %s in %s",
                NAME,
                Check.number(w),
                Arrays.toString(weight)));
      }
      copy[i] = (float) w == 0 ? 0 : w;
      sum += copy[i];
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          NAME + ": expected a class weight above 0, got " + Arrays.toString(weight));
    }
    return new SoftmaxWithLoss(smoothing, copy);
  }

  static SoftmaxWithLoss of(Settings s) {
    SoftmaxWithLoss loss = new SoftmaxWithLoss().labelSmoothing(s.number("labelSmoothing"));
    double[] weights = s.numbers("classWeights");
    return weights.length == 0 ? loss : loss.classWeights(weights);
  }

  @Override
  public Map<String, Object> settings() {
    return new Settings(NAME)
        .with("labelSmoothing", smoothing)
        .with("classWeights", Arrays.stream(weights).boxed().toList())
        .toMap();
  }

  @Override
  public void check(Shape y) {
    Check.rank(NAME, "y", 2, "(N, K)", y);
    int k = Check.atLeastOne(NAME, "a number of classes", y.dimension(1));
    if (weights.length > 0 && weights.length != k) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected as many classes in y as class weights, %s, got %s in %s",
              NAME,
              weights.length,
              k,
              y));
    }
  }

  /** Returns {@link Metric#accuracy}. */
  @Override
  public Metric metric() {
    return Metric.accuracy();
  }

  @Override
  public double forward(NDArray y, NDArray t, Pass pass) {
    check(y.shape());
    int n = Check.atLeastOne(NAME, "a batch size", y.dimension(0));
    int k = y.dimension(1);
    boolean indices = ClassTargets.areIndices(NAME, y.shape(), t.shape());
    double divisor = indices ? weightOfLabels(t, k) : n;
    NDArray dy = pass.gradient(this, y.shape());
    double[] logSums = new double[n];
    Kernels.active().softmax(n, k, y.data(), dy.data(), logSums);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      if (!indices) {
        ClassTargets.checkRow(NAME, t, i);
      }
      int label = indices ? ClassTargets.label(NAME, t, i, k) : -1;
      loss += row(i, label, t, y, dy, logSums[i], divisor == 0 ? 0 : 1 / divisor);
    }
    pass.keep(this, dy);
    return loss;
  }

  /**
   * Replaces softmax(y) by the gradient in a row of dy, and returns the row's part of the loss.
   * With the share c[k] = w[k] t'[k] of each class, that is {@code sum(c) log(sum(exp(y))) - sum(c
   * y)} times the scale.
   */
  private double row(
      int i, int label, NDArray t, NDArray y, NDArray dy, double logSum, double scale) {
    int k = y.dimension(1);
    int row = i * k;
    double sum = 0;
    double logit = 0;
    for (int j = 0; j < k; j++) {
      double share = share(j, label, t, row, k);
      sum += share;
      if (share > 0) { // 0 times an infinite logit is not NaN
        logit += share * y.data()[row + j];
      }
    }
    for (int j = 0; j < k; j++) {
      int at = row + j;
      dy.data()[at] = (float) ((sum * dy.data()[at] - share(j, label, t, row, k)) * scale);
    }
    return (sum * logSum - logit) * scale;
  }

  /**
   * Returns w[j] t'[j] for a row of t, or for the class index {@code label} if that is not
   * negative.
   */
  private double share(int j, int label, NDArray t, int row, int k) {
    double target = j == label ? 1 : 0;
    if (label < 0) {
      target = t.data()[row + j];
    }
    return weight(j) * ((1 - smoothing) * target + smoothing / k);
  }

  private double weight(int k) {
    return weights.length == 0 ? 1 : weights[k];
  }

  private double weightOfLabels(NDArray t, int k) {
    double sum = 0;
    for (int i = 0; i < t.size(); i++) {
      sum += weight(ClassTargets.label(NAME, t, i, k));
    }
    return sum;
  }

  @Override
  public NDArray backward(Pass pass) {
    return pass.kept(this);
  }
}
