package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many threads on one network. */
final class Threads {
  private static final int COUNT = 8;

  private Threads() {}

  /**
   * Asserts that eight threads at once predict what one thread does, on batches of 1 to 8 samples.
   *
   * @param batch makes so many samples
   * @param rounds predictions of each thread
   */
  static void predictAlike(Network network, IntFunction<NDArray> batch, int rounds)
      throws Exception {
    List<NDArray> inputs = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    for (int n = 1; n <= COUNT; n++) {
      inputs.add(batch.apply(n));
      expected.add(network.predict(inputs.get(n - 1)).toArray());
    }
    ExecutorService pool = Executors.newFixedThreadPool(COUNT);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int thread = 0; thread < COUNT; thread++) {
        int first = thread;
        futures.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    int n = (first + i) % COUNT;
                    assertThat(network.predict(inputs.get(n)).toArray()).isEqualTo(expected.get(n));
                  }
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
