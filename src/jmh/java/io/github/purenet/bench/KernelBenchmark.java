package io.github.purenet.bench;

import io.github.purenet.kernel.AdamStep;
import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.ConvTail;
import io.github.purenet.kernel.Kernels;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each kernel at the sizes that a batch of 100 digits gives it in the book's network; {@link
 * KernelTable} runs it with the vector kernels and with the plain ones.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final int BATCH = 100;
  private static final int FILTERS = 30;
  private static final int HIDDEN = 100;
  private static final int CLASSES = 10;
  private static final int FEATURES = FILTERS * 12 * 12;
  private static final ConvGeometry WINDOWS = new ConvGeometry(BATCH, 1, 28, 28, 5, 5, 1, 1, 0, 0);
  private static final ConvGeometry POOL =
      new ConvGeometry(BATCH, FILTERS, 24, 24, 2, 2, 2, 2, 0, 0);
  private static final ConvTail TAIL = new ConvTail(/* relu= */ true, 2, 2);
  private static final AdamStep ADAM = new AdamStep(0.9f, 0.999f, 1e-3f, 1f, 1e-8f, 1f, 0f, 0f);

  private final Kernels kernels = Kernels.active();
  private final float[] images = random(BATCH * 28 * 28);
  private final float[] filters = random(FILTERS * 25);
  private final float[] bias = random(HIDDEN);
  private final float[] columns = random(25 * 24 * 24);
  private final float[] planes = random(BATCH * FILTERS * 24 * 24);
  private final float[] planeGradients = new float[BATCH * FILTERS * 24 * 24];
  private final float[] features = random(BATCH * FEATURES);
  private final float[] featureGradients = random(BATCH * FEATURES);
  private final float[] phases = new float[BATCH * FEATURES];
  private final int[] argMax = new int[BATCH * FEATURES];
  private final float[] weight = random(FEATURES * HIDDEN);
  private final float[] weightGradient = random(FEATURES * HIDDEN);
  private final float[] m = new float[FEATURES * HIDDEN];
  private final float[] v = new float[FEATURES * HIDDEN];
  private final float[] hidden = random(BATCH * HIDDEN);
  private final float[] filterGradient = new float[FILTERS * 25];
  private final float[] biasGradient = new float[HIDDEN];
  private final float[] logits = random(BATCH * CLASSES);
  private final float[] probabilities = new float[BATCH * CLASSES];
  private final double[] logSums = new double[BATCH];

  private static float[] random(int size) {
    Random random = new Random(size);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** Computes what the gradients start from. */
  @Setup
  public void forward() {
    convolve();
    maxPool();
  }

  /** Forward through a fully connected layer. */
  @Benchmark
  public void gemm() {
    kernels.gemm(
        false, false, BATCH, HIDDEN, FEATURES, features, 0, FEATURES, weight, 0, HIDDEN, hidden, 0,
        HIDDEN, false);
  }

  /** Unfolds one image. */
  @Benchmark
  public void im2col() {
    kernels.im2col(WINDOWS, images, 0, columns, 0);
  }

  /** Folds one image. */
  @Benchmark
  public void col2im() {
    kernels.col2im(WINDOWS, columns, 0, planeGradients, 0);
  }

  /** Forward through convolution, Relu and pool. */
  @Benchmark
  public void convolve() {
    kernels.convolve(WINDOWS, FILTERS, images, 0, filters, 0, bias, 0, TAIL, features, 0, phases);
  }

  /** Gradients of the filters. */
  @Benchmark
  public void convolveBackward() {
    kernels.convolveBackward(
        WINDOWS,
        FILTERS,
        images,
        0,
        filters,
        0,
        TAIL,
        features,
        0,
        phases,
        featureGradients,
        0,
        filterGradient,
        0,
        biasGradient,
        0,
        null,
        0);
  }

  /** Adds the biases of a fully connected layer. */
  @Benchmark
  public void addToColumns() {
    kernels.addToColumns(BATCH, HIDDEN, bias, 0, hidden, 0);
  }

  /** Gradients of these biases. */
  @Benchmark
  public void sumColumns() {
    kernels.sumColumns(BATCH, HIDDEN, hidden, 0, biasGradient, 0);
  }

  /** Relu on what the convolution would give without its tail. */
  @Benchmark
  public void relu() {
    kernels.relu(planes.length, planes, 0, planeGradients, 0);
  }

  /** Gradient of that. */
  @Benchmark
  public void reluBackward() {
    kernels.reluBackward(planes.length, planes, 0, planes, 0, planeGradients, 0);
  }

  /** The pool as a layer of its own. */
  @Benchmark
  public void maxPool() {
    kernels.maxPool(POOL, planes, 0, features, 0, argMax);
  }

  /** Gradient of that. */
  @Benchmark
  public void maxPoolBackward() {
    kernels.maxPoolBackward(POOL, featureGradients, 0, argMax, planeGradients, 0);
  }

  /** A mean in place of the maximum. */
  @Benchmark
  public void averagePool() {
    kernels.averagePool(POOL, true, planes, 0, features, 0);
  }

  /** Gradient of that. */
  @Benchmark
  public void averagePoolBackward() {
    kernels.averagePoolBackward(POOL, true, featureGradients, 0, planeGradients, 0);
  }

  /** Probabilities of the classes. */
  @Benchmark
  public void softmax() {
    kernels.softmax(BATCH, CLASSES, logits, 0, probabilities, 0, logSums);
  }

  /** The update of the largest parameter. */
  @Benchmark
  public void adam() {
    kernels.adam(weight.length, weightGradient, 0, m, v, weight, 0, ADAM);
  }
}
