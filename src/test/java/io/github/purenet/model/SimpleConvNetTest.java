package io.github.purenet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.io.Idx;
import io.github.purenet.io.Npz;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Parameter;
import io.github.purenet.optim.Adam;
import io.github.purenet.testing.Golden;
import io.github.purenet.train.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimpleConvNetTest {
  private static final Path GOLDEN = Path.of("src/test/golden");
  private static final List<String> NAMES = List.of("W1", "b1", "W2", "b2", "W3", "b3");

  private static SimpleConvNet trained(Map<String, NDArray> book) {
    SimpleConvNet network = SimpleConvNet.of(0);
    Map<String, NDArray> values = new HashMap<>();
    NAMES.forEach(name -> values.put(name, book.get(name)));
    network.setParameters(values);
    return network;
  }

  @Test
  void has_the_sizes_of_the_book() {
    SimpleConvNet network = SimpleConvNet.of(1);
    assertThat(NAMES.stream().map(name -> network.parameter(name).value().shape()))
        .containsExactly(
            Shape.of(30, 1, 5, 5),
            Shape.of(30),
            Shape.of(4320, 100),
            Shape.of(100),
            Shape.of(100, 10),
            Shape.of(10));
    assertThat(network.parameters().stream().mapToInt(p -> p.value().size()).sum())
        .isEqualTo(433_890);
    NDArray w = network.parameter("W2").value();
    assertThat(Math.sqrt(w.multiply(w).mean())).isCloseTo(0.01, within(1e-4));
    assertThat(network.parameter("b2").value().toArray()).containsOnly(0f);
  }

  @Test
  void takes_any_other_sizes_that_fit() {
    SimpleConvNet network =
        SimpleConvNet.builder()
            .input(Shape.of(3, 11, 9))
            .filters(4)
            .filterSize(3)
            .stride(2)
            .pad(1)
            .hidden(7)
            .output(5)
            .weightStandardDeviation(0.1)
            .build();
    assertThat(network.predict(NDArray.ones(2, 3, 11, 9)).shape()).isEqualTo(Shape.of(2, 5));
    assertThat(network.parameter("W2").value().shape()).isEqualTo(Shape.of(4 * 3 * 2, 7));
    assertThatThrownBy(() -> SimpleConvNet.builder().filterSize(29).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("conv1: expected a window no larger than the padded input");
    assertThatThrownBy(() -> SimpleConvNet.builder().filters(0).build())
        .hasMessage("conv: expected a number of filters of at least 1, got 0");
  }

  @Test
  void computes_what_the_book_computes() throws IOException {
    Map<String, NDArray> book = Npz.read(GOLDEN.resolve("simple_convnet_book.npz"));
    SimpleConvNet network = trained(book);
    var first = Mnist.sample().test().head(100).all();

    assertThat(network.predict(first.x()).allClose(book.get("logits"), 0, 1e-4)).isTrue();
    double loss = network.gradient(first.x(), first.t());
    assertThat(loss).isCloseTo(book.get("loss").item(), within(1e-4));
    for (String name : NAMES) {
      NDArray expected = book.get("d" + name);
      float largest = expected.abs().max();
      assertThat(network.parameter(name).gradient().allClose(expected, 0, 1e-3 * largest))
          .as("d" + name)
          .isTrue();
    }
  }

  @Test
  void predicts_the_ten_thousand_test_images_as_the_book_does() throws IOException {
    Map<String, NDArray> book = Npz.read(GOLDEN.resolve("simple_convnet_book.npz"));
    SimpleConvNet network = trained(book);
    NDArray images =
        Idx.read(GOLDEN.resolve("mnist/t10k-images-idx3-ubyte.gz")).toNDArray().divide(255f);
    NDArray labels = Idx.read(GOLDEN.resolve("mnist/t10k-labels-idx1-ubyte.gz")).toNDArray();
    NDArray x = images.reshape(-1, 1, 28, 28);
    double agreement = Evaluation.accuracy(network, Dataset.of(x, book.get("predictions")), 100);
    assertThat(Math.round((1 - agreement) * 10_000)).isLessThanOrEqualTo(1);
    assertThat(Evaluation.accuracy(network, Dataset.of(x, labels), 100))
        .isCloseTo(book.get("accuracy").item(), within(1e-4));
  }

  /**
   * Ten steps beside NumPy in double precision (training_curve.py). Adam divides by the root of the
   * squared gradient, which blows rounding up where the gradient is near 0; the losses still agree
   * to 1e-4 and the sums over each parameter to a thousandth of the distance traveled.
   */
  @Test
  void follows_the_reference_curve_for_ten_steps() throws IOException {
    List<String> lines = Files.readAllLines(GOLDEN.resolve("training_curve.txt"));
    SimpleConvNet network = SimpleConvNet.of(0);
    for (int i = 0; i < NAMES.size(); i++) {
      Golden.formula(network.parameter(NAMES.get(i)).value(), 1_000_003L * i, 0.05);
    }
    Adam adam = new Adam();
    var samples = Mnist.sample().train().head(200).all();
    for (int step = 0; step < 10; step++) {
      NDArray x = samples.x().slice(step * 20, step * 20 + 20);
      NDArray t = samples.t().slice(step * 20, step * 20 + 20);
      double expected = Double.parseDouble(lines.get(step).split(" ", -1)[1]);
      assertThat(network.gradient(x, t)).as("step %d", step).isCloseTo(expected, within(1e-4));
      adam.step(network.parameters());
    }
    for (String line : lines.subList(10, 16)) {
      String[] words = line.split(" ", -1);
      NDArray value = network.parameter(words[0]).value();
      double squares = 0;
      double sum = 0;
      for (float v : value.toArray()) {
        sum += v;
        squares += (double) v * v;
      }
      double traveled = 10 * 0.001 * value.size();
      assertThat(sum).as(line).isCloseTo(Double.parseDouble(words[1]), within(1e-3 * traveled));
      assertThat(squares).as(line).isCloseTo(Double.parseDouble(words[2]), within(1e-4 * traveled));
    }
  }

  @Test
  void knows_a_parameter_by_both_names() {
    SimpleConvNet network = SimpleConvNet.of(1);
    Parameter w1 = network.parameter("W1");
    assertThat(network.parameter("conv1.W")).isSameAs(w1);
    assertThatThrownBy(() -> network.parameter("W4"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("got W4");
  }
}
