package io.github.purenet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.io.Npz;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Parameter;
import io.github.purenet.nn.Pass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Numbers that {@code src/test/golden/pytorch/make.py} has computed, and comparison with them. */
public final class Golden {
  private Golden() {}

  /** The arrays of a case. */
  public static Map<String, NDArray> pytorch(String name) {
    try {
      return Npz.read(Path.of("src/test/golden/pytorch", name + ".npz"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asserts that two arrays differ by at most {@code tolerance} times the largest number; returns
   * by what share of it they do.
   */
  public static double assertClose(String what, NDArray got, NDArray expected, double tolerance) {
    assertThat(got.shape()).as(what).isEqualTo(expected.shape());
    float[] a = got.toArray();
    float[] b = expected.toArray();
    double largest = 1e-6;
    for (float number : b) {
      largest = Math.max(largest, Math.abs(number));
    }
    double share = 0;
    for (int i = 0; i < a.length; i++) {
      double error = Math.abs((double) a[i] - b[i]);
      if (!(error <= tolerance * largest)) {
        throw new AssertionError(
            what + "[" + i + "]: expected " + b[i] + ", got " + a[i] + ", largest " + largest);
      }
      share = Math.max(share, error / largest);
    }
    return share;
  }

  /**
   * Fills an array with the numbers of {@code formula} in the scripts beside the golden data:
   * within {@code [-limit, limit)}, from two steps of a linear congruential generator.
   */
  public static void formula(NDArray value, long salt, double limit) {
    for (int i = 0; i < value.size(); i++) {
      long bits = ((i + salt) * 1_103_515_245L + 12345) % 2_147_483_648L;
      bits = (bits * 1_103_515_245L + 12345) % 2_147_483_648L;
      value.data()[i] = (float) ((bits / 2_147_483_648.0 - 0.5) * (2 * limit));
    }
  }

  /** What follows the last dot of a parameter's name, for example {@code W}. */
  public static String suffix(Parameter parameter) {
    return parameter.name().substring(parameter.name().lastIndexOf('.') + 1);
  }

  /** The name of a parameter inside a layer, for example {@code W} or {@code conv1.W}. */
  private static String key(Layer layer, Parameter parameter) {
    assertThat(parameter.name()).startsWith(layer.name() + ".");
    return parameter.name().substring(layer.name().length() + 1);
  }

  /**
   * Gives a layer the parameters of a case and asserts that y, dx and every parameter's gradient
   * are those of the case: arrays {@code x, y, dy, dx}, and {@code W, dW} for the parameter {@code
   * .W} of the layer; {@code conv1.W, dconv1.W} inside a composite layer.
   */
  public static void check(Layer layer, Map<String, NDArray> golden, double tolerance) {
    for (Parameter parameter : layer.parameters()) {
      NDArray from = golden.get(key(layer, parameter));
      assertThat(from.shape()).as(parameter.name()).isEqualTo(parameter.value().shape());
      NDArray to = parameter.value();
      System.arraycopy(from.toArray(), 0, to.data(), 0, to.size());
      parameter.clearGradient();
    }
    Pass pass = Pass.training();
    NDArray x = golden.get("x");
    assertThat(layer.outputShape(x.shape())).isEqualTo(golden.get("y").shape());
    assertClose("y", layer.forward(x, pass), golden.get("y"), tolerance);
    assertClose("dx", layer.backward(golden.get("dy"), pass), golden.get("dx"), tolerance);
    for (Parameter parameter : layer.parameters()) {
      String name = "d" + key(layer, parameter);
      assertClose(name, parameter.gradient(), golden.get(name), tolerance);
    }
  }
}
