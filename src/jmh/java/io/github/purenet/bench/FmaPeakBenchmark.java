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
 * The peak of the processor: fused multiply-adds on registers and nothing else. Twelve independent
 * chains hide a latency of four or five cycles on two ports, and fit with their factors into
 * sixteen registers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FmaPeakBenchmark {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private static final int CHAINS = 12;

  private float first = 0.999f;
  private float second = 0.001f;
  private int rounds = (int) (KernelTable.PEAK_FLOPS / (2 * CHAINS * SPECIES.length()));

  /**
   * Computes {@link KernelTable#PEAK_FLOPS} operations. Each chain adds to itself, for which no
   * processor needs a copy.
   *
   * @return a number that depends on all of them
   */
  @Benchmark
  public float fma() {
    FloatVector f = FloatVector.broadcast(SPECIES, first);
    FloatVector s = FloatVector.broadcast(SPECIES, second);
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
    for (int i = 0; i < rounds; i++) {
      v0 = f.fma(s, v0);
      v1 = f.fma(s, v1);
      v2 = f.fma(s, v2);
      v3 = f.fma(s, v3);
      v4 = f.fma(s, v4);
      v5 = f.fma(s, v5);
      v6 = f.fma(s, v6);
      v7 = f.fma(s, v7);
      v8 = f.fma(s, v8);
      v9 = f.fma(s, v9);
      v10 = f.fma(s, v10);
      v11 = f.fma(s, v11);
    }
    FloatVector left = v0.add(v1).add(v2).add(v3).add(v4).add(v5);
    FloatVector right = v6.add(v7).add(v8).add(v9).add(v10).add(v11);
    return left.add(right).lane(0);
  }
}
