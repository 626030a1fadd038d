package io.github.purenet.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.kernel.Tasks;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalizationThreadsTest {

  record Case(Layer layer, Shape x) {}

  private static NDArray numbers(Shape shape, int seed) {
    return NDArray.normal(shape, 1f, 2f, new Random(seed));
  }

  /** Each large enough for several tasks. */
  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            new BatchNormalization(numbers(Shape.of(7), 1), numbers(Shape.of(7), 2)),
            Shape.of(3, 7, 75, 75)),
        new Case(
            new BatchNormalization(numbers(Shape.of(333), 1), numbers(Shape.of(333), 2)),
            Shape.of(300, 333)),
        new Case(
            new LayerNormalization(numbers(Shape.of(3, 777), 1), numbers(Shape.of(3, 777), 2)),
            Shape.of(37, 3, 777)),
        new Case(new LocalResponseNormalization(), Shape.of(3, 9, 31, 33)));
  }

  private static List<float[]> train(Case c) {
    List<float[]> results = new ArrayList<>();
    Pass pass = Pass.training();
    c.layer.parameters().forEach(Parameter::clearGradient);
    results.add(c.layer.forward(numbers(c.x, 3), pass).toArray());
    results.add(c.layer.backward(numbers(c.x, 4), pass).toArray());
    c.layer.parameters().forEach(p -> results.add(p.gradient().toArray()));
    return results;
  }

  /** A task within a task runs on one thread. */
  @ParameterizedTest
  @MethodSource("cases")
  void one_thread_gives_the_same_bits(Case c) {
    List<float[]> many = train(c);
    List<float[]> one = new ArrayList<>();
    Tasks.parallel(
        2,
        task -> {
          if (task == 0) {
            one.addAll(train(c));
          }
        });
    assertThat(one).hasSameSizeAs(many);
    for (int i = 0; i < many.size(); i++) {
      assertThat(one.get(i)).isEqualTo(many.get(i));
    }
  }

  /** Memory that an earlier, larger run has left does not show. */
  @ParameterizedTest
  @MethodSource("cases")
  void a_used_pass_gives_the_same_bits(Case c) {
    NDArray x = numbers(c.x, 3);
    NDArray dy = numbers(c.x, 4);
    Pass pass = Pass.training();
    c.layer.forward(x, pass);
    c.layer.backward(dy, pass);
    float[] y = c.layer.forward(x.slice(1, 3), pass).toArray();
    float[] dx = c.layer.backward(dy.slice(1, 3), pass).toArray();
    Pass fresh = Pass.training();
    assertThat(c.layer.forward(x.slice(1, 3).copy(), fresh).toArray()).isEqualTo(y);
    assertThat(c.layer.backward(dy.slice(1, 3).copy(), fresh).toArray()).isEqualTo(dx);
  }
}
