package io.github.purenet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.github.purenet.io.Idx;
import io.github.purenet.io.Npy;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Range;
import io.github.purenet.ndarray.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every number that is multiplied, added or compared in arrays, data sets and files: the shape is
 * right or the call is refused, by a message that names the argument, and memory is in proportion
 * to the result. Results that are really large are left out.
 */
@Timeout(20)
class ExtremeArgumentsTest {
  private static final int MIN = Integer.MIN_VALUE;
  private static final int MAX = Integer.MAX_VALUE;

  /** 46341 is the first whose square is no int, 65536 the first whose square wraps to 0. */
  private static final int[] NUMBERS = {MIN, -1, 0, 1, 46341, 65536, 1 << 30, MAX};

  /** The longest array of Java; a shape may be longer. */
  private static final long LONGEST = MAX - 8;

  private static final long LARGE = 1 << 21;
  private static final long REFUSED = -1;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Makes a call that returns an array of so many elements or of more than there can be, or that is
   * to be refused.
   */
  private static void check(
      String call, long elements, String argument, Callable<NDArray> operation) {
    if (elements >= LARGE && elements <= LONGEST) {
      return;
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      NDArray result = operation.call();
      assertThat(result.size()).as(call).isEqualTo(elements).isGreaterThanOrEqualTo(0);
      assertThat(product(result.shape())).as(call).isEqualTo(elements);
    } catch (IllegalArgumentException | IOException e) {
      assertThat(elements == REFUSED || elements > LONGEST).as(call + ": " + e).isTrue();
      assertThat(e)
          .as(call)
          .hasMessageMatching("(?s)(?=.*\\b(" + argument + ")).*expected .*, got .*");
      assertThat(e).as(call).hasMessageMatching("(?s).*(\\(.*\\)|arange|range: ).*");
    } catch (Throwable e) {
      throw new AssertionError(call, e);
    }
    long bytes = 16 * Math.max(elements > LONGEST ? 0 : elements, 0) + (16 << 20);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).as(call).isLessThan(bytes);
  }

  private static long product(Shape shape) {
    return LongStream.of(Arrays.stream(shape.toArray()).asLongStream().toArray())
        .reduce(1, Math::multiplyExact);
  }

  /** The size of a shape, or REFUSED if a dimension is negative or those but 0 are too many. */
  private static long size(long... dimensions) {
    double nonZero = 1;
    long size = 1;
    for (long dimension : dimensions) {
      nonZero *= Math.max(dimension, 1);
      if (dimension < 0 || nonZero > MAX) {
        return REFUSED;
      }
      size *= dimension;
    }
    return size;
  }

  /** Calls with all pairs. */
  private static void pairs(String call, String argument, LongBinaryOperator size, Pair operation) {
    for (int a : NUMBERS) {
      for (int b : NUMBERS) {
        check(
            call + " of " + a + ", " + b,
            size.applyAsLong(a, b),
            argument,
            () -> operation.apply(a, b));
      }
    }
  }

  private interface Pair {
    NDArray apply(int a, int b) throws Exception;
  }

  @Test
  void shapes_multiply_without_wrapping() {
    for (int a : NUMBERS) {
      for (int b : NUMBERS) {
        for (int c : NUMBERS) {
          String call = "Shape.of(" + a + ", " + b + ", " + c + ")";
          long expected = size(a, b, c);
          try {
            assertThat(Shape.of(a, b, c).size()).as(call).isEqualTo(expected);
            assertThat(Shape.of(b, c).prepend(a)).as(call).isEqualTo(Shape.of(a, b, c));
          } catch (IllegalArgumentException e) {
            assertThat(expected).as(call).isEqualTo(REFUSED);
            assertThat(e).as(call).hasMessageMatching("shape: expected .*, got .*\\(.*\\)");
          }
        }
      }
    }
  }

  @Test
  void arrays_are_created_or_refused() {
    pairs("zeros", "shape", (a, b) -> size(a, b), NDArray::zeros);
    pairs("ones", "shape", (a, b) -> size(a, b), NDArray::ones);
    pairs("full", "shape", (a, b) -> size(a, b), (a, b) -> NDArray.full(Shape.of(a, b), 3));
    float[] six = new float[6];
    pairs(
        "wrapFirst",
        "shape|memory",
        (a, b) -> size(a, b) <= 6 ? size(a, b) : REFUSED,
        (a, b) -> NDArray.wrapFirst(Shape.of(a, b), six));
  }

  @Test
  void ranges_of_numbers_count_without_wrapping() {
    pairs("arange(b)", "shape", (a, b) -> Math.max(b, 0), (a, b) -> NDArray.arange(b));
    for (int a : NUMBERS) {
      for (int b : NUMBERS) {
        for (int c : new int[] {MIN, -1, 0, 1, MAX}) {
          float count = (float) Math.ceil(((float) b - (float) a) / (float) c);
          check(
              "arange(" + a + ", " + b + ", " + c + ")",
              c == 0 ? REFUSED : (long) Math.max(count, 0),
              "arange|shape",
              () -> NDArray.arange((float) a, (float) b, (float) c));
        }
      }
    }
    check("tiny steps", REFUSED, "arange", () -> NDArray.arange(0, 1, Float.MIN_VALUE));
    check("tiny steps", 0, "", () -> NDArray.arange(1, 0, Float.MIN_VALUE));
    check("all floats", 7, "", () -> NDArray.arange(-3e38f, 3e38f, 1e38f));
  }

  @Test
  void the_reason_of_a_refused_range_is_true() {
    assertThat(message(() -> NDArray.arange(0, 1, Float.MIN_VALUE)))
        .startsWith("arange: expected at most 2147483647 numbers, got 7.1");
    assertThat(message(() -> NDArray.arange(MAX)))
        .isEqualTo("shape: expected at most 2147483639 elements in an array, got (2147483647,)");
  }

  private static String message(ThrowingCallable refused) {
    return catchThrowable(refused).getMessage();
  }

  @Test
  void pads_add_without_wrapping() {
    for (int[] shape : new int[][] {{2, 3}, {0, 3}, {46341, 1}}) {
      NDArray x = NDArray.zeros(shape);
      pairs(
          "pad of " + x.shape(),
          "shape|pad",
          (a, b) -> a < 0 || b < 0 ? REFUSED : size(shape[0] + a + b, shape[1] + 1 + a),
          (a, b) -> x.pad(new int[] {a, b}, new int[] {1, a}));
    }
  }

  @Test
  void reshaping_keeps_the_size() {
    for (int[] shape : new int[][] {{2, 3}, {0, 3}, {46341, 2}, {65536}, {1 << 30, 0}}) {
      NDArray x = NDArray.zeros(shape);
      pairs(
          "reshape of " + x.shape(),
          "shape|reshape",
          (a, b) -> {
            long known = Math.max(Math.abs(a == -1 ? b : a), 1);
            boolean open = (a == -1 || b == -1) && a != b && (a >= 0 || b >= 0);
            long other = a == -1 ? b : a;
            if (open && other > 0 && x.size() % known == 0) {
              return x.size();
            }
            return !open && size(a, b) == x.size() ? x.size() : REFUSED;
          },
          x::reshape);
    }
    NDArray x = NDArray.zeros(2, 3);
    // -1 in front of dimensions whose product is 1 modulo 2^64
    check("wrapping", REFUSED, "reshape|shape", () -> x.reshape(-1, 641, 6700417, 2, 1 << 30, MAX));
    check("zeros", REFUSED, "reshape|shape", () -> x.reshape(1 << 30, 1 << 30, 1 << 30, -1));
  }

  @Test
  void parts_lie_inside() {
    NDArray x = NDArray.zeros(46341, 2);
    pairs(
        "slice",
        "slice",
        (a, b) -> 0 <= a && a <= b && b <= 46341 ? 2 * (b - a) : REFUSED,
        x::slice);
    pairs("at", "index", (a, b) -> a >= 0 && a < 46341 ? 2 : REFUSED, (a, b) -> x.at(a));
    pairs(
        "get",
        "index",
        (a, b) -> a >= 0 && a < 46341 && b >= 0 && b < 2 ? 1 : REFUSED,
        (a, b) -> NDArray.scalar(x.get(a, b)));
    pairs(
        "transpose",
        "transpose",
        (a, b) ->
            a != b && a >= -2 && a < 2 && b >= -2 && b < 2 && a - b != 2 && b - a != 2
                ? x.size()
                : REFUSED,
        x::transpose);
    pairs(
        "sum",
        "axis",
        (a, b) -> a == 0 ? 2 : a == 1 || a == -1 ? 46341 : REFUSED,
        (a, b) -> x.sum(a));
  }

  @Test
  void axes_and_ranges_lie_inside() {
    NDArray x = NDArray.zeros(3, 46341);
    pairs(
        "slice(a, 0, 1)",
        "axis",
        (a, b) -> a == 0 ? 46341 : a == 1 || a == -1 ? 3 : REFUSED,
        (a, b) -> x.slice(a, 0, 1));
    pairs(
        "slice(1, a, b)",
        "slice",
        (a, b) -> 0 <= a && a <= b && b <= 46341 ? 3 * (b - a) : REFUSED,
        (a, b) -> x.slice(1, a, b));
    pairs(
        "slice(from(a).by(b))",
        "slice|range",
        (a, b) ->
            b == 0 || a < 0 || a > 46341
                ? REFUSED
                : 3 * ((46341 - a + Math.abs(b) - 1) / Math.abs(b)),
        (a, b) -> x.slice(Range.all(), Range.from(a).by(b)));
    pairs(
        "sum(a, b)",
        "axis|axes",
        (a, b) -> (a == 0 && (b == 1 || b == -1)) || (b == 0 && (a == 1 || a == -1)) ? 1 : REFUSED,
        (a, b) -> x.sum(a, b));
    pairs(
        "expandDims(a, b)",
        "axis|axes",
        (a, b) ->
            a >= -1 && a <= 1 && b >= -1 && b <= 1 && Math.abs(a) != Math.abs(b) ? 1 : REFUSED,
        (a, b) -> NDArray.scalar(1).expandDims(a, b));
    pairs(
        "concatenate(a)",
        "axis|concatenate",
        (a, b) -> a >= -1 && a <= 1 ? 2L * x.size() : REFUSED,
        (a, b) -> NDArray.concatenate(a, x, x));
    pairs(
        "stack(a)",
        "axis|stack",
        (a, b) -> a >= -1 && a <= 1 ? 2L * x.size() : REFUSED,
        (a, b) -> NDArray.stack(a, x, x));
  }

  /** An array of no numbers may have long axes, which are not to be walked along. */
  @Test
  void empty_arrays_of_long_axes_take_no_time() {
    for (int n : new int[] {46341, 65536, 1 << 30, MAX}) {
      NDArray x = NDArray.zeros(n, 0);
      NDArray y = NDArray.zeros(n, 1, 0);
      check("transpose", 0, "", x::transpose);
      check("transpose", 0, "", () -> y.transpose(0, 2, 1));
      check("pad", 0, "", () -> x.pad(new int[2], new int[2]));
      check("sum", 0, "", () -> x.sum(0));
      check("sum", 0, "", () -> y.sum(1));
      check("max", 0, "", () -> y.max(1));
      check("argmax", 0, "", () -> y.argmax(1));
      check("sum", 0, "", () -> y.sum(1, 0));
      check("min", 0, "", () -> NDArray.zeros(n, 1, 0, 1).min(1, 3));
      check("slice", 0, "", () -> x.slice(Range.all().by(-1)));
      check("concatenate", 0, "", () -> NDArray.concatenate(1, x, x));
      check("where", 0, "", () -> NDArray.where(x, x, NDArray.zeros(1)));
      check("add", 0, "", () -> x.add(NDArray.zeros(1, 1)));
      check("text", 0, "", () -> NDArray.zeros(x.toString().length() - 2));
    }
  }

  @Test
  void batches_hold_what_memory_can() {
    Dataset images = Dataset.ofImages(Shape.of(1, 28, 28), new byte[2 * 784], new byte[2]);
    Dataset vectors = Dataset.of(NDArray.zeros(2, 3), NDArray.zeros(2, 65536));
    Dataset numbers = Dataset.of(NDArray.zeros(3), NDArray.zeros(3));
    for (Dataset dataset : new Dataset[] {images, vectors, numbers}) {
      pairs(
          "allocate for " + dataset.sampleShape(),
          "capacity|shape",
          (a, b) ->
              a < 0
                  ? REFUSED
                  : Math.max(a * dataset.sampleShape().size(), a * dataset.targetShape().size()),
          (a, b) -> {
            Batch batch = Batch.allocate(dataset, a);
            batch.fill(dataset, 0, Math.min(a, dataset.size()));
            NDArray x = NDArray.zeros(dataset.sampleShape().prepend(a));
            NDArray t = NDArray.zeros(dataset.targetShape().prepend(a));
            return x.size() > t.size() ? x : t;
          });
    }
    Batch batch = Batch.allocate(numbers, 2);
    int[] indices = {2, 1, 0};
    pairs(
        "fill",
        "batch",
        (a, b) -> 0 <= a && a <= b && b <= 3 && b - a <= 2 ? b - a : REFUSED,
        (a, b) -> {
          batch.fill(numbers, a, b);
          return batch.x();
        });
    pairs(
        "fill from indices",
        "batch",
        (a, b) -> 0 <= a && a <= b && b <= 3 && b - a <= 2 ? b - a : REFUSED,
        (a, b) -> {
          batch.fill(numbers, indices, a, b);
          return batch.x();
        });
    pairs(
        "fill from indices",
        "batch",
        (a, b) -> a >= 0 && a < 3 && b >= 0 && b < 3 ? 2 : REFUSED,
        (a, b) -> {
          batch.fill(numbers, new int[] {a, b}, 0, 2);
          return batch.x();
        });
  }

  @Test
  void samples_lie_inside() {
    Dataset images = Dataset.ofImages(Shape.of(1, 2, 1), new byte[6], new byte[3]);
    Dataset arrays = Dataset.of(NDArray.zeros(3, 1, 2, 1), NDArray.zeros(3));
    for (Dataset dataset : everyKind(images, arrays)) {
      int n = dataset.size();
      NDArray x = NDArray.zeros(dataset.sampleShape().prepend(2));
      NDArray t = NDArray.zeros(dataset.targetShape().prepend(2));
      pairs(
          "copyTo of " + dataset.getClass().getSimpleName(),
          "index|row",
          (a, b) -> a >= 0 && a < n && b >= 0 && b < 2 ? x.size() : REFUSED,
          (a, b) -> {
            dataset.copyTo(a, x, t, b);
            return x;
          });
      pairs(
          "copyTargetTo of " + dataset.getClass().getSimpleName(),
          "index|row",
          (a, b) -> a >= 0 && a < n && b >= 0 && b < 2 ? t.size() : REFUSED,
          (a, b) -> {
            dataset.copyTargetTo(a, t, b);
            return t;
          });
      NDArray wide = NDArray.zeros(dataset.sampleShape().prepend(2).prepend(1));
      assertThat(message(() -> dataset.copyTo(0, wide, t, 0))).startsWith("x: expected rows of ");
      assertThat(message(() -> dataset.copyTo(0, x, wide, 0))).startsWith("t: expected rows of ");
      assertThat(message(() -> dataset.copyTargetTo(0, wide, 0)))
          .startsWith("t: expected rows of ");
    }
    Dataset head = images.head(2);
    assertThat(message(() -> Batch.allocate(head, 1).fill(head, new int[] {2}, 0, 1)))
        .isEqualTo(
            "batch: expected the index of one of 2 samples of (1, 2, 1), got 2 as indices[0]");
    assertThat(message(() -> head.copyTo(2, NDArray.zeros(1, 1, 2, 1), NDArray.zeros(1), 0)))
        .isEqualTo("index: expected one of 2 samples of (1, 2, 1), got 2");
    assertThat(message(() -> head.copyTo(1, NDArray.zeros(2, 1, 2, 1), NDArray.zeros(1), 1)))
        .isEqualTo("row: expected 0 to 0, got 1 in t of (1,)");
    assertThat(message(() -> head.copyTo(1, NDArray.zeros(2, 1, 1, 2), NDArray.zeros(2), 1)))
        .isEqualTo("x: expected rows of (1, 2, 1), got (2, 1, 1, 2)");
  }

  /** A data set of each class, and one that has nothing but what an interface demands. */
  private static List<Dataset> everyKind(Dataset images, Dataset arrays) {
    Dataset own =
        new Dataset() {
          @Override
          public int size() {
            return images.size();
          }

          @Override
          public Shape sampleShape() {
            return images.sampleShape();
          }

          @Override
          public Shape targetShape() {
            return images.targetShape();
          }

          @Override
          public void copyTo(int index, NDArray x, NDArray t, int row) {
            images.copyTo(index, x, t, row);
          }
        };
    return List.of(
        images,
        arrays,
        own,
        images.head(2),
        arrays.head(2),
        arrays.enlarge(2),
        images.skip(1),
        arrays.shuffle(1),
        images.split(0.6, 1).first(),
        images.concatenate(arrays),
        images.map(NDArray::negate),
        images.normalize(new double[] {0.5}, new double[] {2}),
        images.augment(1, Augmentation.flip()),
        images.mixup(1, 1, 1));
  }

  @Test
  void the_parts_of_a_data_set_are_at_most_the_whole() {
    Dataset images = Dataset.ofImages(Shape.of(1, 2, 1), new byte[6], new byte[3]);
    for (int a : NUMBERS) {
      if (a < 0) {
        assertThat(message(() -> images.skip(a))).startsWith("range: expected 0 <= from");
        assertThat(message(() -> images.ofClasses(a))).startsWith("ofClasses: expected class");
        assertThat(message(() -> images.balancedClassWeights(a)))
            .startsWith("balancedClassWeights: expected");
      } else {
        assertThat(images.skip(a).size()).isEqualTo(Math.max(3 - a, 0));
        assertThat(images.ofClasses(a).size()).isEqualTo(a == 0 ? 3 : 0);
      }
      if (a < 1) {
        assertThat(message(() -> images.mixup(1, a, 1))).startsWith("mixup: expected");
        assertThat(message(() -> Augmentation.cutout(a))).startsWith("cutout: expected");
      }
    }
  }

  @Test
  void the_head_is_at_most_the_whole() {
    Dataset images = Dataset.ofImages(Shape.of(1, 2, 1), new byte[6], new byte[3]);
    for (int a : NUMBERS) {
      if (a < 0) {
        assertThat(message(() -> images.head(a)))
            .isEqualTo("head: expected a count of at least 0, got " + a);
      } else {
        assertThat(images.head(a).size()).isEqualTo(Math.min(a, 3));
      }
    }
  }

  @Test
  void enlarged_images_have_the_shape_that_was_asked_for() {
    for (int[] image : new int[][] {{1, 28, 28}, {3, 1, 0}, {1, 1, 46341}, {1, 1, 4}}) {
      Dataset dataset = Dataset.of(NDArray.zeros(Shape.of(image).prepend(1)), NDArray.zeros(1));
      for (int factor : NUMBERS) {
        long expected =
            factor < 1
                ? REFUSED
                : size(image[0], (long) image[1] * factor, (long) image[2] * factor);
        String call = "enlarge(" + factor + ") of " + Shape.of(image);
        try {
          Shape shape = dataset.enlarge(factor).sampleShape();
          assertThat((long) shape.dimension(1)).as(call).isEqualTo((long) image[1] * factor);
          assertThat((long) shape.dimension(2)).as(call).isEqualTo((long) image[2] * factor);
          assertThat((long) shape.size()).as(call).isEqualTo(expected);
        } catch (IllegalArgumentException e) {
          assertThat(expected).as(call + ": " + e).isEqualTo(REFUSED);
          assertThat(e)
              .as(call)
              .hasMessageMatching("enlarge: expected .* factor .*, got \\(.*\\) and " + factor);
        }
      }
    }
  }

  @Test
  void files_of_extreme_dimensions_are_refused() {
    pairs(
        "idx",
        "data|dimensions|elements",
        (a, b) -> a >= 0 && b >= 0 && a * b == 0 && a + b <= LONGEST ? 0 : REFUSED,
        (a, b) -> {
          ByteBuffer file = ByteBuffer.allocate(12).putInt(0x0D02).putInt(a).putInt(b);
          return Idx.read(new ByteArrayInputStream(file.array()), "(idx)").toNDArray();
        });
    pairs(
        "npy",
        "data|header|elements",
        (a, b) -> a >= 0 && b >= 0 && a * b == 0 && a + b <= LONGEST ? 0 : REFUSED,
        (a, b) -> {
          String dict = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + a + ", " + b + ")}";
          byte[] header = dict.getBytes(StandardCharsets.US_ASCII);
          ByteBuffer file = ByteBuffer.allocate(10 + header.length);
          file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
          file.put((byte) header.length).put((byte) 0).put(header);
          return Npy.read(new ByteArrayInputStream(file.array()), "(npy)");
        });
  }
}
