package io.github.purenet.train;

import java.util.concurrent.CountDownLatch;

/** Ends a run when the JVM shuts down, and lets the shutdown wait until it has ended. */
final class StopOnShutdown {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  StopOnShutdown(TrainingRun run) {
    hook = new Thread(() -> stop(run), "purenet-stop");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) { // the JVM shuts down already
      run.stop();
    }
  }

  private void stop(TrainingRun run) {
    run.stop();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody waits any longer
    }
  }

  /** Tells that the run has ended. */
  void end() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the JVM shuts down: the hook runs
    }
  }
}
