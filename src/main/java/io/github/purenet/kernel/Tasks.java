package io.github.purenet.kernel;

import java.util.function.IntConsumer;

/**
 * Static methods that divide work into tasks and run them on the worker threads. How work is
 * divided follows from its size alone, never from the number of threads, so that results are the
 * same bits on any number of them.
 */
public final class Tasks {
  /**
   * The size of a task whose loop adds and multiplies numbers: some 10 microseconds of work on the
   * 3 GHz cores where it was measured.
   */
  public static final int CHEAP = 1 << 15;

  /**
   * The size of a task whose loop computes an exponential of each number, or cannot be vectorized:
   * some 40 microseconds of work. Even, since a dropout draws two numbers at a time.
   */
  public static final int COSTLY = 1 << 12;

  /** The size of a task that sums numbers in double: some 10 microseconds of work. */
  private static final int SUMMANDS = 1 << 14;

  /** The fewest columns of a task that walks down a matrix: fewer are too short for vectors. */
  private static final int COLUMNS = 64;

  /** The most positions of an image in a task that works on rows of them: 2 KiB each, in L1. */
  static final int POSITIONS = 512;

  /** The number of multiply-adds below which a second thread does not pay: some 3 microseconds. */
  private static final long SMALL = 1 << 17;

  private Tasks() {}

  /** A task on a range of numbers. */
  @FunctionalInterface
  public interface Range {
    /** Processes the numbers from {@code from}, inclusive, to {@code to}, exclusive. */
    void run(int from, int to);
  }

  /**
   * Runs {@code task} for 0 to {@code tasks - 1} on the threads of this process, in any order, and
   * returns when all are done.
   *
   * @param tasks the number of tasks; must follow from the size of the problem, never from the
   *     number of threads
   * @param task the task; must not depend on the order
   */
  public static void parallel(int tasks, IntConsumer task) {
    Backend.workers().run(tasks, task);
  }

  /**
   * Runs a task on ranges that cover 0 to {@code size - 1}, on the threads of this process, and
   * returns when all are done.
   *
   * @param size the number of elements
   * @param each the size of a range, at least 1; the last range may be shorter
   * @param task the task; must not depend on the order
   */
  public static void parallel(int size, int each, Range task) {
    ranges(Backend.workers(), size, each, task);
  }

  /**
   * Runs a task on ranges of rows that cover 0 to {@code rows - 1}, on the threads of this process,
   * and returns when all are done.
   *
   * @param rows the number of rows
   * @param columns the number of elements of a row, each as expensive as an exponential
   * @param task the task; must not depend on the order
   */
  public static void parallelRows(int rows, int columns, Range task) {
    rows(Backend.workers(), rows, columns, task);
  }

  /** Runs a task on ranges of rows, each of whose elements is as expensive as an exponential. */
  static void rows(Workers workers, int rows, int columns, Range task) {
    ranges(workers, rows, Math.max(1, COSTLY / Math.max(1, columns)), task);
  }

  /** Runs a task on ranges of {@code each} numbers, of which the last may be shorter. */
  static void ranges(Workers workers, int size, int each, Range task) {
    workers.run(
        ceilDiv(size, each),
        index -> {
          int from = index * each;
          task.run(from, from + Math.min(size - from, each));
        });
  }

  /** A task on some positions of an image. */
  interface Positions {
    /** Processes the positions from {@code from}, inclusive, to {@code to}, exclusive. */
    void run(int image, int from, int to);
  }

  /**
   * Runs a task on at most {@link #POSITIONS} positions of an image at a time, of nearly equal
   * numbers, so that the threads end together.
   */
  static void positions(int images, int positions, Positions task) {
    int ranges = Math.max(1, ceilDiv(positions, POSITIONS));
    parallel(
        images * ranges,
        index -> {
          long range = index % ranges;
          int from = (int) (positions * range / ranges);
          int to = (int) (positions * (range + 1) / ranges);
          task.run(index / ranges, from, to);
        });
  }

  /** Runs tasks on the workers, or on this thread if all together are too small to share. */
  static void run(Workers workers, int tasks, long multiplyAddsOfTask, IntConsumer task) {
    if (multiplyAddsOfTask * tasks < SMALL) {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
    } else {
      workers.run(tasks, task);
    }
  }

  /** Returns the number of rows of a task that sums each row in double. */
  static int rowsToSum(int columns) {
    return Math.max(1, SUMMANDS / Math.max(1, columns));
  }

  /** Returns the number of columns of a task that sums each column, row by row down a matrix. */
  static int columnsToSum(int rows) {
    return Math.max(COLUMNS, SUMMANDS / Math.max(1, rows));
  }

  /** Returns the quotient, rounded up: how many ranges of {@code each} cover {@code size}. */
  public static int ceilDiv(int size, int each) {
    return -Math.floorDiv(-size, each);
  }
}
