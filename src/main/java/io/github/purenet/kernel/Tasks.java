package io.github.purenet.kernel;

import java.util.function.IntConsumer;

/**
 * Cuts work into tasks and has the worker threads run them. How work is cut follows from its size
 * alone, never from the number of threads, so that the same numbers give the same bits whoever
 * computes them.
 */
public final class Tasks {
  /**
   * Numbers of a task whose loop adds and multiplies: some 10 microseconds of work on the 3 GHz
   * cores where it was measured.
   */
  public static final int NUMBERS = 1 << 15;

  /**
   * Numbers of a task whose loop computes an exponential for each or cannot become vectors: some 40
   * microseconds of work. Even.
   */
  public static final int EXPONENTIALS = 1 << 12;

  /** Numbers of a task that sums in double, some 10 microseconds of work. */
  private static final int SUMMANDS = 1 << 14;

  /** Columns of a task that walks down a matrix at least: below, a row is too short for vectors. */
  private static final int COLUMNS = 64;

  /** Multiply-adds below which a second thread costs more than it brings: some 3 microseconds. */
  private static final long SMALL = 1 << 17;

  private Tasks() {}

  /** A task on the numbers from {@code from} to before {@code to}. */
  @FunctionalInterface
  public interface Range {
    /** Works on these numbers only. */
    void run(int from, int to);
  }

  /**
   * Runs {@code task} for 0 to {@code tasks - 1} on the threads of this process, in any order, and
   * returns when all are done.
   *
   * @param tasks how many; must follow from the size of the problem, never from the threads
   * @param task must not depend on the order
   */
  public static void parallel(int tasks, IntConsumer task) {
    Backend.workers().run(tasks, task);
  }

  /**
   * Runs a task on ranges that cover 0 to {@code size - 1}, on the threads of this process, and
   * returns when all are done.
   *
   * @param size how many numbers
   * @param each numbers of a range, at least 1; the last range may be shorter
   * @param task must not depend on the order
   */
  public static void parallel(int size, int each, Range task) {
    ranges(Backend.workers(), size, each, task);
  }

  /**
   * Runs a task on ranges of rows that cover 0 to {@code rows - 1}, on the threads of this process,
   * and returns when all are done.
   *
   * @param rows how many rows
   * @param columns numbers of a row, each as expensive as an exponential
   * @param task must not depend on the order
   */
  public static void parallelRows(int rows, int columns, Range task) {
    rows(Backend.workers(), rows, columns, task);
  }

  /** Runs a task on ranges of rows, whose numbers are each as expensive as an exponential. */
  static void rows(Workers workers, int rows, int columns, Range task) {
    ranges(workers, rows, Math.max(1, EXPONENTIALS / Math.max(1, columns)), task);
  }

  /** Runs a task on ranges of {@code each} numbers, of which the last may have fewer. */
  static void ranges(Workers workers, int size, int each, Range task) {
    workers.run(
        count(size, each),
        index -> {
          int from = index * each;
          task.run(from, from + Math.min(size - from, each));
        });
  }

  /** Runs tasks on the workers, or here if all of them together are too small to share. */
  static void run(Workers workers, int tasks, long multiplyAddsOfTask, IntConsumer task) {
    if (multiplyAddsOfTask * tasks < SMALL) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
    } else {
      workers.run(tasks, task);
    }
  }

  /** Rows of a task that sums each of them in double. */
  static int rowsToSum(int columns) {
    return Math.max(1, SUMMANDS / Math.max(1, columns));
  }

  /** Columns of a task that sums each of them, walking down a matrix row by row. */
  static int columnsToSum(int rows) {
    return Math.max(COLUMNS, SUMMANDS / Math.max(1, rows));
  }

  /**
   * Returns how many ranges of {@code each} numbers cover {@code size}: the quotient, rounded up.
   */
  public static int count(int size, int each) {
    return -Math.floorDiv(-size, each);
  }
}
