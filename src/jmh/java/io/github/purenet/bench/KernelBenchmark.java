package io.github.purenet.bench;

import io.github.purenet.kernel.AdamStep;
import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Epilogue;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Matrix;
import io.github.purenet.kernel.Window;
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
  private static final ConvGeometry CONVOLUTION =
      new ConvGeometry(BATCH, 1, 28, 28, new Window(5, 5), FILTERS, 1);
  private static final ConvGeometry ONE_IMAGE = new ConvGeometry(1, 1, 28, 28, new Window(5, 5));
  private static final ConvGeometry POOL =
      new ConvGeometry(BATCH, FILTERS, 24, 24, new Window(2, 2).stride(2, 2));
  private static final Epilogue EPILOGUE = new Epilogue(/* relu= */ true, 2, 2);
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
  private final float[] logitGradients = new float[BATCH * CLASSES];
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
    softmax();
  }

  /** Forward through a fully connected layer. */
  @Benchmark
  public void gemm() {
    Matrix x = new Matrix(features, BATCH, FEATURES);
    kernels.gemm(x, new Matrix(weight, FEATURES, HIDDEN), hidden, false);
  }

  /** Unfolds one image. */
  @Benchmark
  public void im2col() {
    kernels.im2col(ONE_IMAGE, images, columns);
  }

  /** Folds one image. */
  @Benchmark
  public void col2im() {
    kernels.col2im(ONE_IMAGE, columns, planeGradients);
  }

  /** Forward through convolution, Relu and pool. */
  @Benchmark
  public void convolve() {
    kernels.convolve(CONVOLUTION, images, filters, bias, EPILOGUE, features, phases);
  }

  /** Gradients of the filters. */
  @Benchmark
  public void convolveBackward() {
    kernels.convolveBackward(
        CONVOLUTION,
        images,
        filters,
        EPILOGUE,
        features,
        phases,
        featureGradients,
        filterGradient,
        biasGradient,
        null);
  }

  /** Adds the biases of a fully connected layer. */
  @Benchmark
  public void addBias() {
    kernels.addBias(BATCH, HIDDEN, bias, hidden);
  }

  /** Gradients of these biases. */
  @Benchmark
  public void sumColumns() {
    kernels.sumColumns(BATCH, HIDDEN, hidden, biasGradient);
  }

  /** Doubles what the convolution would give, as the sum of two branches does. */
  @Benchmark
  public void add() {
    kernels.add(planes.length, planes, planes, planeGradients);
  }

  /** Relu on what the convolution would give without its epilogue. */
  @Benchmark
  public void relu() {
    kernels.relu(planes.length, planes, planeGradients);
  }

  /** Gradient of that. */
  @Benchmark
  public void reluBackward() {
    kernels.reluBackward(planes.length, planes, planes, planeGradients);
  }

  /** The pool as a layer of its own. */
  @Benchmark
  public void maxPool() {
    kernels.maxPool(POOL, planes, features, argMax);
  }

  /** Gradient of that. */
  @Benchmark
  public void maxPoolBackward() {
    kernels.maxPoolBackward(POOL, featureGradients, argMax, planeGradients);
  }

  /** A mean in place of the maximum. */
  @Benchmark
  public void averagePool() {
    kernels.averagePool(POOL, true, planes, features);
  }

  /** Gradient of that. */
  @Benchmark
  public void averagePoolBackward() {
    kernels.averagePoolBackward(POOL, true, featureGradients, planeGradients);
  }

  /** Probabilities of the classes. */
  @Benchmark
  public void softmax() {
    kernels.softmax(BATCH, CLASSES, logits, probabilities, logSums);
  }

  /** Gradient of that. */
  @Benchmark
  public void softmaxBackward() {
    kernels.softmaxBackward(BATCH, CLASSES, probabilities, logits, logitGradients);
  }

  /** The update of the largest parameter. */
  @Benchmark
  public void adam() {
    kernels.adam(weight.length, weightGradient, m, v, weight, ADAM);
  }
}
