package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.optim.Adam;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A built network works in memory that it has; what it needed once it does not keep for ever. */
class AllocationTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final int PER_ROUND = 20;
  private static final long STEP_LIMIT = 16 << 10;
  private static final long PREDICT_LIMIT = 8 << 10;

  private static final com.sun.management.ThreadMXBean THREADS =
      ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean
          ? bean
          : null;

  @BeforeAll
  static void count_the_bytes_of_each_thread() {
    assumeTrue(
        THREADS != null && THREADS.isThreadAllocatedMemorySupported(),
        "this JVM does not count the bytes that a thread allocates");
    THREADS.setThreadAllocatedMemoryEnabled(true);
  }

  /** What the caller and the workers have allocated so far. */
  private static long allocated(long[] threads) {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(threads)) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  @SuppressWarnings("deprecation") // threadId() came with Java 19
  private static long[] callerAndWorkers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t == Thread.currentThread() || t.getName().startsWith("purenet-"))
        .mapToLong(Thread::getId)
        .toArray();
  }

  /**
   * Bytes of one run of the task: the least of the rounds. Any round may meet the compiler or the
   * virtual machine at work, and before the compiler is done the Vector API allocates, so rounds
   * are made until one needs no more than is allowed, or the time is over.
   */
  private static long bytes(Runnable task, long allowed) {
    long least = Long.MAX_VALUE;
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (least > allowed && System.nanoTime() < end) {
      long[] threads = callerAndWorkers();
      long before = allocated(threads);
      for (int i = 0; i < PER_ROUND; i++) {
        task.run();
      }
      least = Math.min(least, (allocated(threads) - before) / PER_ROUND);
    }
    return least;
  }

  @Test
  void the_counter_sees_what_is_allocated() {
    float[][] sink = new float[1][];
    assertThat(bytes(() -> sink[0] = new float[25_000], 110_000)).isBetween(100_000L, 110_000L);
  }

  @Test
  void a_training_step_allocates_next_to_nothing() {
    Dataset train = Mnist.sample().train();
    for (int batchSize : new int[] {100, 7}) {
      SimpleConvNet network = SimpleConvNet.of(1);
      Adam adam = new Adam();
      Batch batch = Batch.allocate(train, batchSize);
      Random random = new Random(1);
      int[] indices = new int[batchSize];
      long bytes =
          bytes(
              () -> {
                for (int i = 0; i < batchSize; i++) {
                  indices[i] = random.nextInt(train.size());
                }
                batch.fill(train, indices, 0, batchSize);
                network.gradient(batch.x(), batch.t());
                adam.step(network.parameters());
              },
              STEP_LIMIT);
      assertThat(bytes)
          .as("bytes of a training step on a batch of %d: %d", batchSize, bytes)
          .isLessThanOrEqualTo(STEP_LIMIT);
    }
  }

  @Test
  void a_prediction_allocates_its_result_and_next_to_nothing() {
    SimpleConvNet network = SimpleConvNet.of(1);
    for (int n : new int[] {1, 100}) {
      NDArray x = Mnist.sample().test().head(n).all().x();
      NDArray[] sink = new NDArray[1];
      long result = 4L * n * 10;
      long bytes = bytes(() -> sink[0] = network.predict(x), PREDICT_LIMIT + result);
      assertThat(sink[0].size()).isEqualTo(n * 10);
      assertThat(bytes)
          .as("bytes of a prediction for %d, its result of %d among them: %d", n, result, bytes)
          .isLessThanOrEqualTo(PREDICT_LIMIT + result);
    }
  }

  @Test
  void another_chain_of_layers_allocates_no_more() {
    Network network =
        Network.of(
            Shape.of(1, 28, 28),
            1,
            Layers.conv(8, 3).pad(1),
            Layers.relu(),
            Layers.maxPool(3).stride(2), // not fused
            Layers.conv(8, 3),
            Layers.relu(),
            Layers.maxPool(2),
            Layers.residual(Layers.conv(8, 3).pad(1), Layers.relu()),
            Layers.concat(
                Layers.branch(Layers.conv(4, 1)),
                Layers.branch(Layers.residual(Layers.conv(4, 1)).projection(Layers.conv(4, 1)))),
            Layers.affine(10));
    assertAllocatesNextToNothing(network);
  }

  @Test
  void normalizations_allocate_no_more() {
    Network network =
        Network.of(
            Shape.of(1, 28, 28),
            1,
            Layers.batchNorm(),
            Layers.localResponseNorm(),
            Layers.layerNorm(),
            Layers.affine(10),
            Layers.batchNorm());
    assertAllocatesNextToNothing(network);
  }

  private static void assertAllocatesNextToNothing(Network network) {
    Batch batch = Mnist.sample().train().head(32).all();
    Adam adam = new Adam();
    long step =
        bytes(
            () -> {
              network.gradient(batch.x(), batch.t());
              adam.step(network.parameters());
            },
            STEP_LIMIT);
    assertThat(step).as("bytes of a training step: %d", step).isLessThanOrEqualTo(STEP_LIMIT);
    long result = 4 * 32 * 10;
    long predict = bytes(() -> network.predict(batch.x()), PREDICT_LIMIT + result);
    assertThat(predict)
        .as("bytes of a prediction, its result of %d among them: %d", result, predict)
        .isLessThanOrEqualTo(PREDICT_LIMIT + result);
  }

  @Test
  void activations_and_dropout_allocate_no_more() {
    Network network =
        Network.of(
            Shape.of(1, 28, 28),
            1,
            Layers.conv(4, 3),
            Layers.leakyRelu(),
            Layers.maxPool(2),
            Layers.swish(),
            Layers.dropout(0.25),
            Layers.flatten(),
            Layers.affine(50),
            Layers.gelu(),
            Layers.dropout(0.5),
            Layers.softmax(),
            Layers.affine(10));
    Batch batch = Mnist.sample().train().head(32).all();
    long bytes = bytes(() -> network.gradient(batch.x(), batch.t()), STEP_LIMIT);
    assertThat(bytes).as("bytes of a training step: %d", bytes).isLessThanOrEqualTo(STEP_LIMIT);
  }

  @Test
  void a_batch_of_a_thousand_is_not_held_for_ever() throws IllegalAccessException {
    SimpleConvNet network = SimpleConvNet.of(1);
    Dataset train = Mnist.sample().train();
    Batch large = train.head(1_000).all();
    Batch small = train.head(10).all();
    network.gradient(small.x(), small.t());
    network.predict(small.x());
    long before = floats(network);
    network.gradient(large.x(), large.t());
    network.predict(large.x());
    long during = floats(network);
    for (int call = 0; call < 20; call++) {
      network.gradient(small.x(), small.t());
      network.predict(small.x());
    }
    long after = floats(network);

    // One output of the convolution is 4,320 floats an image: the batch shows in what is counted.
    assertThat(during).isGreaterThan(before + 1_000 * 4_320);
    assertThat(after)
        .as("floats held: %d before, %d with the large batch, %d after", before, during, after)
        .isLessThanOrEqualTo(before + (1 << 18));
  }

  /** Numbers in all arrays that the network reaches. */
  private static long floats(Object network) throws IllegalAccessException {
    return floats(network, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static long floats(Object object, Set<Object> seen) throws IllegalAccessException {
    if (object == null || !seen.add(object)) {
      return 0;
    }
    if (object instanceof float[] array) {
      return array.length;
    }
    long sum = 0;
    if (object instanceof Object[] array) {
      for (Object element : array) {
        sum += floats(element, seen);
      }
    } else if (object instanceof int[] || object instanceof double[]) {
      sum = Array.getLength(object);
    } else if (object instanceof Reference<?> reference) {
      sum = floats(reference.get(), seen);
    } else if (object instanceof AtomicReferenceArray<?> array) {
      for (int i = 0; i < array.length(); i++) {
        sum += floats(array.get(i), seen);
      }
    } else if (object instanceof Iterable<?> elements) {
      for (Object element : elements) {
        sum += floats(element, seen);
      }
    } else if (object instanceof Map<?, ?> map) {
      for (Object value : map.values()) {
        sum += floats(value, seen);
      }
    } else if (object.getClass().getName().startsWith("io.github.purenet.")) {
      for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            field.setAccessible(true);
            sum += floats(field.get(object), seen);
          }
        }
      }
    }
    return sum;
  }
}
