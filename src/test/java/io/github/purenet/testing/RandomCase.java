package io.github.purenet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.io.Npz;
import io.github.purenet.ndarray.NDArray;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A random configuration of layers, a loss or an optimizer, and what PyTorch computes for it. The
 * script that makes them, {@code src/test/golden/pytorch/random_cases.py}, tells the names.
 *
 * @param settings the settings, as JSON has them
 * @param inputs the arrays that are given
 * @param expected the arrays that are computed
 */
public record RandomCase(
    Map<String, Object> settings, Map<String, NDArray> inputs, Map<String, NDArray> expected) {

  /** The directory of cases to check instead of the sample, or null. */
  public static final String CHOSEN = System.getProperty("purenet.golden.random");

  /** The largest difference allowed, as a share of the largest number of an array. */
  private static final double TOLERANCE = 1e-4;

  /** Reads all cases. */
  @SuppressWarnings("unchecked")
  public static List<RandomCase> all() {
    Path directory = Path.of(CHOSEN == null ? "src/test/golden/pytorch/random" : CHOSEN);
    try {
      Map<String, Map<String, NDArray>> inputs = byCase(directory.resolve("inputs.npz"));
      Map<String, Map<String, NDArray>> expected = byCase(directory.resolve("expected.npz"));
      List<RandomCase> cases = new ArrayList<>();
      for (String line : Files.readAllLines(directory.resolve("cases.jsonl"))) {
        Map<String, Object> settings = (Map<String, Object>) Json.read(line);
        String number = settings.get("case").toString();
        cases.add(new RandomCase(settings, inputs.get(number), expected.get(number)));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads arrays named {@code NUMBER/ARRAY}. */
  private static Map<String, Map<String, NDArray>> byCase(Path file) throws IOException {
    Map<String, Map<String, NDArray>> cases = new LinkedHashMap<>();
    Npz.read(file)
        .forEach(
            (name, array) -> {
              String[] parts = name.split("/", 2);
              cases.computeIfAbsent(parts[0], n -> new LinkedHashMap<>()).put(parts[1], array);
            });
    return cases;
  }

  /** The kind of what is configured, for example {@code conv}. */
  public String kind() {
    return (String) settings.get("kind");
  }

  /** The number of steps. */
  public int steps() {
    return (Integer) settings.get("steps");
  }

  /** Whether the parameter of a name is frozen. */
  public boolean freezes(String name) {
    return ((List<?>) settings.get("frozen")).contains(name);
  }

  /** The settings of a part, the loss or the optimizer; null if there is none. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> part(String name) {
    return (Map<String, Object>) settings.get(name);
  }

  /**
   * Asserts that arrays are the expected ones; returns the largest difference of a number, as a
   * share of the largest number of its array.
   */
  public double check(Map<String, NDArray> got) {
    assertThat(got.keySet()).as(toString()).isEqualTo(expected.keySet());
    double largest = 0;
    for (Map.Entry<String, NDArray> entry : expected.entrySet()) {
      String what = entry.getKey() + " of " + settings + "\n";
      double error = Golden.assertClose(what, got.get(entry.getKey()), entry.getValue(), TOLERANCE);
      largest = Math.max(largest, error);
    }
    return largest;
  }

  @Override
  public String toString() {
    return settings.get("case") + " " + kind();
  }
}
