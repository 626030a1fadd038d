package io.github.purenet.train;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prepares each batch while the one before is in use, on a daemon thread of its own, which ends
 * with the loader. Where no thread can be started, the caller prepares its batches itself.
 */
final class BatchLoader implements AutoCloseable {
  private final Batches batches;
  private final ExecutorService executor = Executors.newSingleThreadExecutor(this::newThread);

  /** The thread of the executor, once it has one. */
  private volatile Thread thread;

  /** The batch in use and the one that is prepared. */
  private Batch current;

  private Batch other;
  private Future<?> prepared;
  private Dataset dataset;
  private int[] order;
  private int next;

  BatchLoader(Dataset dataset, Batches batches) {
    this.batches = batches;
    this.current = Batch.allocate(dataset, batches.largest());
    this.other = Batch.allocate(dataset, batches.largest());
  }

  private Thread newThread(Runnable task) {
    Thread created = new Thread(task, "purenet-batches");
    created.setDaemon(true);
    thread = created;
    return created;
  }

  /** Begins an epoch at the given batch. The order must stay as it is until the last one. */
  void start(Dataset datasetInEpoch, int[] orderOfEpoch, int first) {
    dataset = datasetInEpoch;
    order = orderOfEpoch;
    next = first;
    prepare();
  }

  /** Returns the next batch; its memory is filled anew after the following call. */
  Batch next() {
    await(prepared);
    Batch ready = other;
    other = current;
    current = ready;
    prepare();
    return ready;
  }

  private void prepare() {
    if (next == batches.count()) {
      return;
    }
    Batch batch = other;
    Dataset source = dataset;
    int[] indices = order;
    int from = batches.from(next);
    int to = batches.to(next);
    next++;
    Runnable fill = () -> batch.fill(source, indices, from, to);
    try {
      prepared = executor.submit(fill);
    } catch (OutOfMemoryError e) { // no thread can be started
      fill.run();
      prepared = CompletableFuture.completedFuture(null);
    }
  }

  /**
   * Waits for a task and throws what it has thrown; an interrupt is left for the trainer to see.
   */
  private static void await(Future<?> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          task.get();
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // nothing else can come from a Runnable
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits for a batch that is being prepared, since its data set may not be used any longer, and
   * until the thread is gone.
   */
  @Override
  public void close() {
    executor.shutdown();
    boolean interrupted = Thread.interrupted();
    while (thread != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
