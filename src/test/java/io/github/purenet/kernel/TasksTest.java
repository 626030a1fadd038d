package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TasksTest {
  private final Workers workers = new Workers(3);

  private record Range(int from, int to) {}

  /** The ranges that a task is given, from first to last. */
  private List<Range> ranges(int size, int each) {
    Queue<Range> seen = new ConcurrentLinkedQueue<>();
    Tasks.ranges(workers, size, each, (from, to) -> seen.add(new Range(from, to)));
    return sorted(seen);
  }

  private static List<Range> sorted(Queue<Range> seen) {
    return seen.stream().sorted(Comparator.comparingInt(Range::from)).toList();
  }

  private static void assertCovers(List<Range> ranges, int size, int each) {
    int next = 0;
    for (Range range : ranges) {
      assertThat(range.from()).as("begins where the one before ends").isEqualTo(next);
      assertThat(range.to() - range.from()).isEqualTo(Math.min(each, size - next));
      next = range.to();
    }
    assertThat(next).as("end of the last range").isEqualTo(size);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0",
    "0, 7, 0",
    "1, 1, 1",
    "1, 7, 1",
    "6, 3, 2",
    "7, 3, 3",
    "8, 3, 3",
    "9, 3, 3",
    "-6, 3, -2", // rounded up, as the padding of a window needs it
    "-7, 3, -2",
    "-1, 3, 0",
    "2147483647, 1, 2147483647",
    "2147483647, 2, 1073741824",
    "2147483647, 2147483646, 2",
    "2147483647, 2147483647, 1",
    "1, 2147483647, 1",
    "2147483646, 2147483647, 1",
  })
  void count_is_the_quotient_rounded_up(int size, int each, int expected) {
    assertThat(Tasks.ceilDiv(size, each)).isEqualTo(expected);
  }

  @Test
  void ranges_cover_all_numbers_and_the_last_may_be_shorter() {
    for (int size : new int[] {0, 1, 2, 7, 13, 33, 100, 207}) {
      for (int each : new int[] {1, 2, 3, 7, 13, 33, 100, 1000, Integer.MAX_VALUE}) {
        assertCovers(ranges(size, each), size, each);
      }
    }
  }

  @Test
  void ranges_of_sizes_near_the_largest_do_not_overflow() {
    int max = Integer.MAX_VALUE;
    for (int size : new int[] {max, max - 1, max - 63, (1 << 30) + 1}) {
      for (int each : new int[] {max, max - 1, 1 << 30, (1 << 30) - 1, 715_827_883, 1 << 26}) {
        List<Range> ranges = ranges(size, each);
        assertCovers(ranges, size, each);
        assertThat(ranges).hasSize(Tasks.ceilDiv(size, each));
      }
    }
  }

  @Test
  void rows_of_expensive_numbers_are_cut_by_their_length() {
    for (int rows : new int[] {0, 1, 7, 100, 5_000}) {
      for (int columns : new int[] {0, 1, 10, 4_095, 4_096, 4_097, 100_000, Integer.MAX_VALUE}) {
        Queue<Range> seen = new ConcurrentLinkedQueue<>();
        Tasks.rows(workers, rows, columns, (from, to) -> seen.add(new Range(from, to)));
        int each = columns < 2 ? 4_096 : Math.max(1, 4_096 / columns);
        assertCovers(sorted(seen), rows, each);
      }
    }
  }

  @Test
  void tasks_on_the_threads_of_the_process_each_run_once() {
    AtomicIntegerArray ran = new AtomicIntegerArray(1_000);
    Tasks.parallel(1_000, ran::incrementAndGet);
    Tasks.parallel(1_000, 13, (from, to) -> increment(ran, from, to));
    Tasks.parallelRows(1_000, 100, (from, to) -> increment(ran, from, to));
    for (int i = 0; i < ran.length(); i++) {
      assertThat(ran.get(i)).as("task %d", i).isEqualTo(3);
    }
  }

  private static void increment(AtomicIntegerArray ran, int from, int to) {
    for (int i = from; i < to; i++) {
      ran.incrementAndGet(i);
    }
  }

  /** Large ones may, but need not, run elsewhere. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 13_107, 13_108, 1L << 40, Long.MAX_VALUE / 10})
  void small_jobs_stay_on_the_calling_thread(long multiplyAdds) {
    AtomicIntegerArray ran = new AtomicIntegerArray(10);
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    Tasks.run(
        workers,
        10,
        multiplyAdds,
        task -> {
          ran.incrementAndGet(task);
          threads.add(Thread.currentThread());
        });
    for (int i = 0; i < ran.length(); i++) {
      assertThat(ran.get(i)).as("task %d", i).isEqualTo(1);
    }
    if (10 * multiplyAdds < 1 << 17) {
      assertThat(threads).containsOnly(Thread.currentThread());
    }
  }

  @Test
  void a_task_of_sums_has_at_least_a_row_or_the_columns_of_some_vectors() {
    assertThat(Tasks.rowsToSum(0)).isEqualTo(1 << 14);
    assertThat(Tasks.rowsToSum(100)).isEqualTo(163);
    assertThat(Tasks.rowsToSum(1 << 20)).isEqualTo(1);
    assertThat(Tasks.columnsToSum(0)).isEqualTo(1 << 14);
    assertThat(Tasks.columnsToSum(100)).isEqualTo(163);
    assertThat(Tasks.columnsToSum(1 << 20)).isEqualTo(64);
  }
}
