package io.github.purenet.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The most that the processor can do: fused multiply-adds on registers and nothing else. Sixteen
 * chains that do not depend on each other are enough to hide the latency of four or five cycles on
 * two ports.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FmaPeakBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private float factor = 0.999f;
  private float summand = 0.001f;
  private int rounds = (int) (KernelTable.PEAK_FLOPS / (2 * 16 * SPECIES.length()));

  /**
   * Computes {@link KernelTable#PEAK_FLOPS} operations.
   *
   * @return a number that depends on all of them
   */
  @Benchmark
  public float fma() {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector s = FloatVector.broadcast(SPECIES, summand);
    FloatVector v0 = FloatVector.zero(SPECIES);
    FloatVector v1 = v0;
    FloatVector v2 = v0;
    FloatVector v3 = v0;
    FloatVector v4 = v0;
    FloatVector v5 = v0;
    FloatVector v6 = v0;
    FloatVector v7 = v0;
    FloatVector v8 = v0;
    FloatVector v9 = v0;
    FloatVector v10 = v0;
    FloatVector v11 = v0;
    FloatVector v12 = v0;
    FloatVector v13 = v0;
    FloatVector v14 = v0;
    FloatVector v15 = v0;
    for (int i = 0; i < rounds; i++) {
      v0 = v0.fma(f, s);
      v1 = v1.fma(f, s);
      v2 = v2.fma(f, s);
      v3 = v3.fma(f, s);
      v4 = v4.fma(f, s);
      v5 = v5.fma(f, s);
      v6 = v6.fma(f, s);
      v7 = v7.fma(f, s);
      v8 = v8.fma(f, s);
      v9 = v9.fma(f, s);
      v10 = v10.fma(f, s);
      v11 = v11.fma(f, s);
      v12 = v12.fma(f, s);
      v13 = v13.fma(f, s);
      v14 = v14.fma(f, s);
      v15 = v15.fma(f, s);
    }
    FloatVector left = v0.add(v1).add(v2).add(v3).add(v4).add(v5).add(v6).add(v7);
    FloatVector right = v8.add(v9).add(v10).add(v11).add(v12).add(v13).add(v14).add(v15);
    return left.add(right).lane(0);
  }
}
