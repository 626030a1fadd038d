package io.github.purenet.serve;

import static io.github.purenet.nn.Layers.affine;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {

  @Test
  void outputs_that_are_no_numbers_are_of_no_class() {
    Network network = Network.of(Shape.of(4), 1, affine(2));
    network.setClassNames(List.of("cat", "dog"));
    NDArray outputs = NDArray.of(Shape.of(2, 2), 1, 3, Float.NaN, 3);

    List<Map<String, Object>> answers = new Answers(network).of(outputs);

    assertThat(answers.get(0)).containsEntry("class", 1).containsEntry("label", "dog");
    assertThat(answers.get(1)).containsEntry("class", null).containsEntry("label", null);
  }
}
