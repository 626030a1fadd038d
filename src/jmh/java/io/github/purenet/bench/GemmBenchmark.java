package io.github.purenet.bench;

import io.github.purenet.kernel.Kernels;
import io.github.purenet.kernel.Matrix;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The product of two square matrices, into memory that is there. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class GemmBenchmark {
  /** Rows and columns of each matrix. */
  @Param({"512", "1024", "1536"})
  public int size;

  private final Kernels kernels = Kernels.active();
  private Matrix a;
  private Matrix b;
  private float[] c;

  /** Fills the matrices. */
  @Setup
  public void fill() {
    Random random = new Random(0);
    a = matrix(random);
    b = matrix(random);
    c = new float[size * size];
  }

  private Matrix matrix(Random random) {
    float[] numbers = NDArray.uniform(Shape.of(size, size), -1, 1, random).toArray();
    return new Matrix(numbers, size, size);
  }

  /**
   * Computes 2 size³ operations.
   *
   * @return the product
   */
  @Benchmark
  public float[] gemm() {
    kernels.gemm(a, b, c, false);
    return c;
  }
}
