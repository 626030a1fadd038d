package io.github.purenet.ndarray;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares NDArray with NumPy, number by number and character by character: see ndarray.py and
 * ndarray_parts.py in src/test/golden, which wrote the cases.
 *
 * <p>Every number must be the same, save that NaN has no sign here.
 */
class NDArrayGoldenTest {
  private static final Path FOLDER = Path.of("src", "test", "golden");

  /** An operation with its integer arguments, what goes in, and what NumPy made of it. */
  private record Case(
      String file,
      int line,
      String operation,
      List<Integer> arguments,
      List<NDArray> in,
      NDArray out,
      String text) {

    String title() {
      List<Shape> shapes = in.stream().map(NDArray::shape).toList();
      return file + " " + line + ": " + operation + arguments + " of " + shapes;
    }
  }

  @TestFactory
  List<DynamicTest> numpy_agrees() throws IOException {
    return cases().stream().map(c -> DynamicTest.dynamicTest(c.title(), () -> check(c))).toList();
  }

  @Test
  void the_file_has_cases_of_every_operation() throws IOException {
    assertThat(cases())
        .hasSizeGreaterThan(400)
        .extracting(Case::operation)
        .contains("add", "addInPlace", "exp", "sum", "mean", "max", "argmax", "transpose")
        .contains("pad", "dot", "print")
        .contains("slice", "concatenate", "stack", "expandDims", "where", "clip", "power")
        .contains("greater", "greaterEqual", "less", "lessEqual", "equal", "notEqual")
        .contains("maximum", "minimum", "min", "argmin", "sumOver", "maxOver", "minOver");
  }

  private static void check(Case c) {
    // Each case runs on arrays of their own and at the beginning of longer memory.
    check(c, c.in());
    check(c, c.in().stream().map(NDArrayGoldenTest::beforeOthers).toList());
  }

  private static void check(Case c, List<NDArray> in) {
    if (c.operation().equals("print")) {
      assertThat(in.get(0)).hasToString(c.text());
      return;
    }
    NDArray actual = compute(c, in);
    assertThat(actual.shape()).isEqualTo(c.out().shape());
    assertThat(actual.toArray()).isEqualTo(c.out().toArray());
  }

  private static NDArray compute(Case c, List<NDArray> in) {
    NDArray x = in.get(0);
    int[] arguments = c.arguments().stream().mapToInt(Integer::intValue).toArray();
    boolean all = arguments.length == 0;
    return switch (c.operation()) {
      case "add" -> x.add(in.get(1));
      case "subtract" -> x.subtract(in.get(1));
      case "multiply" -> x.multiply(in.get(1));
      case "divide" -> x.divide(in.get(1));
      case "addInPlace" -> x.copy().addInPlace(in.get(1));
      case "exp" -> x.exp();
      case "log" -> x.log();
      case "sqrt" -> x.sqrt();
      case "abs" -> x.abs();
      case "negate" -> x.negate();
      case "sum" -> all ? NDArray.scalar(x.sum()) : x.sum(arguments[0]);
      case "mean" -> all ? NDArray.scalar(x.mean()) : x.mean(arguments[0]);
      case "max" -> all ? NDArray.scalar(x.max()) : x.max(arguments[0]);
      case "argmax" -> all ? NDArray.scalar(x.argmax()) : x.argmax(arguments[0]);
      case "min" -> all ? NDArray.scalar(x.min()) : x.min(arguments[0]);
      case "argmin" -> all ? NDArray.scalar(x.argmin()) : x.argmin(arguments[0]);
      case "sumOver" -> x.sum(arguments);
      case "meanOver" -> x.mean(arguments);
      case "maxOver" -> x.max(arguments);
      case "minOver" -> x.min(arguments);
      case "power" -> x.power(in.get(1));
      case "maximum" -> x.maximum(in.get(1));
      case "minimum" -> x.minimum(in.get(1));
      case "greater" -> x.greater(in.get(1));
      case "greaterEqual" -> x.greaterEqual(in.get(1));
      case "less" -> x.less(in.get(1));
      case "lessEqual" -> x.lessEqual(in.get(1));
      case "equal" -> x.equal(in.get(1));
      case "notEqual" -> x.notEqual(in.get(1));
      case "where" -> NDArray.where(x, in.get(1), in.get(2));
      case "clip" -> x.clip(in.get(1).item(), in.get(2).item());
      case "slice" -> x.slice(ranges(arguments));
      case "concatenate" -> NDArray.concatenate(arguments[0], in.toArray(NDArray[]::new));
      case "stack" -> NDArray.stack(arguments[0], in.toArray(NDArray[]::new));
      case "expandDims" -> x.expandDims(arguments);
      case "transpose" -> x.transpose(arguments);
      case "reverse" -> x.transpose();
      case "pad" -> x.pad(pairs(arguments));
      case "dot" -> x.dot(in.get(1));
      default -> throw new AssertionError("unknown operation in " + c.title());
    };
  }

  private static NDArray beforeOthers(NDArray x) {
    float[] memory = Arrays.copyOf(x.data(), x.size() + 5);
    Arrays.fill(memory, x.size(), memory.length, 1234.5f);
    return NDArray.wrapFirst(x.shape(), memory);
  }

  private static int[][] pairs(int[] numbers) {
    int[][] pairs = new int[numbers.length / 2][];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new int[] {numbers[2 * i], numbers[2 * i + 1]};
    }
    return pairs;
  }

  private static Range[] ranges(int[] numbers) {
    Range[] ranges = new Range[numbers.length / 3];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = Range.of(numbers[3 * i], numbers[3 * i + 1]).by(numbers[3 * i + 2]);
    }
    return ranges;
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String file : new String[] {"ndarray.txt", "ndarray_parts.txt"}) {
      addCases(file, cases);
    }
    return cases;
  }

  private static void addCases(String file, List<Case> cases) throws IOException {
    List<String> lines = Files.readAllLines(FOLDER.resolve(file));
    for (int i = 1; i < lines.size(); i++) {
      int line = i + 1;
      List<String> words = words(lines.get(i));
      List<Integer> arguments = words.stream().skip(2).map(Integer::valueOf).toList();
      List<NDArray> in = new ArrayList<>();
      while (lines.get(i + 1).startsWith("in ")) {
        in.add(array(lines.get(++i).substring("in ".length())));
      }
      String result = lines.get(++i);
      boolean print = result.startsWith("text ");
      String text = print ? result.substring("text ".length()).replace("\\n", "\n") : "";
      NDArray out = print ? NDArray.zeros(0) : array(result.substring("out ".length()));
      cases.add(new Case(file, line, words.get(1), arguments, in, out, text));
    }
  }

  /** Reads an array from "dimensions : numbers", such as "2,2 : 1.0 2.0 3.0 4.0". */
  private static NDArray array(String line) {
    int colon = line.indexOf(':');
    List<String> dimensions = words(line.substring(0, colon).replace(',', ' '));
    List<String> numbers = words(line.substring(colon + 1));
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(numbers.get(i));
    }
    return NDArray.of(Shape.of(dimensions.stream().mapToInt(Integer::parseInt).toArray()), values);
  }

  private static List<String> words(String line) {
    return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
  }
}
