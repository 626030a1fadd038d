package io.github.purenet.explain;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.ReceptiveField;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExcitingTest {
  private static final Shape IMAGE = Shape.of(1, 6, 7);

  private static Network network() {
    return Network.of(IMAGE, 2, conv(3, 3), relu(), affine(4), relu(), dropout(0.5), affine(2));
  }

  /** More samples than are computed at once. */
  private static Dataset samples() {
    NDArray x = NDArray.normal(IMAGE.prepend(300), 0f, 1f, new Random(1));
    return Dataset.of(x, NDArray.zeros(300));
  }

  @Test
  void the_most_exciting_samples_come_first() {
    Network network = network();
    NDArray activations = network.activations(samples().all().x()).get("conv1");
    NDArray largest = activations.max(2, 3);
    List<Integer> expected =
        IntStream.range(0, 300)
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -largest.get(i, 2)))
            .limit(7)
            .toList();

    List<Exciting> found = Exciting.of(network, "conv1", 2, samples(), 7);

    assertThat(found).extracting(Exciting::index).isEqualTo(expected);
    assertThat(found)
        .allSatisfy(
            one -> {
              assertThat(one.channel()).isEqualTo(2);
              float at = activations.get(one.index(), 2, one.row(), one.column());
              assertThat(one.activation()).isCloseTo(at, within(1e-5f));
              assertThat(at).isEqualTo(largest.get(one.index(), 2));
              assertThat(one.part()).isEqualTo(new ReceptiveField(one.row(), one.column(), 3, 3));
            });
    assertThat(Exciting.ofAll(network, "conv1", samples(), 7))
        .hasSize(3)
        .element(2)
        .isEqualTo(found);
  }

  @Test
  void of_equals_the_first_comes_first() {
    Dataset equal = Dataset.of(NDArray.ones(IMAGE.prepend(9)), NDArray.zeros(9));
    List<Exciting> found = Exciting.of(network(), "conv1", 0, equal, 4);
    assertThat(found).extracting(Exciting::index).containsExactly(0, 1, 2, 3);
    assertThat(found).allMatch(one -> one.row() == 0 && one.column() == 0);
    assertThat(Exciting.of(network(), "conv1", 0, equal, 20)).hasSize(9);
    assertThat(Exciting.of(network(), "conv1", 0, equal.head(0), 20)).isEmpty();
  }

  @Test
  void units_without_positions_see_the_whole_image() {
    List<Exciting> found = Exciting.of(network(), "affine1", 3, samples(), 2);
    assertThat(found).hasSize(2);
    assertThat(found).extracting(Exciting::part).containsOnly(new ReceptiveField(0, 0, 6, 7));
  }

  @Test
  void what_is_not_there_is_an_error() {
    assertThatThrownBy(() -> Exciting.of(network(), "conv1", 3, samples(), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("conv1: expected a channel from 0 to 2, got 3 in (3, 4, 5)");
    assertThatThrownBy(() -> Exciting.of(network(), "conv1", 1, samples(), 0))
        .hasMessage("exciting: expected a count of at least 1, got 0");
    assertThatThrownBy(() -> Exciting.ofAll(network(), "conv2", samples(), 1))
        .hasMessageStartingWith("network: expected one of the layers [conv1,");
    Dataset others = Dataset.of(NDArray.ones(3, 1, 6, 6), NDArray.zeros(3));
    assertThatThrownBy(() -> Exciting.ofAll(network(), "conv1", others, 1))
        .hasMessage("network: expected x of (N, 1, 6, 7), got (3, 1, 6, 6)");
  }

  @Test
  void the_last_hidden_layer_is_the_one_before_the_last_with_parameters() {
    assertThat(Embedding.lastHidden(network())).isEqualTo("dropout1");
    Network probabilities =
        Network.of(IMAGE, 2, conv(3, 3), relu(), affine(4), relu(), affine(2), softmax());
    assertThat(Embedding.lastHidden(probabilities)).isEqualTo("relu2");
    Network linear = Network.of(IMAGE, 2, affine(2));
    assertThatThrownBy(() -> Embedding.lastHidden(linear))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "network: expected a hidden layer before the last one with parameters, got [affine1]");
  }

  @Test
  void an_embedding_has_a_row_for_each_sample() {
    Network network = network();
    NDArray x = samples().all().x();
    NDArray expected = network.activations(x).get("dropout1");
    assertThat(Embedding.of(network, samples()).allClose(expected, 1e-5, 1e-6)).isTrue();
    NDArray maps = Embedding.of(network, "conv1", samples());
    assertThat(maps.shape()).isEqualTo(Shape.of(300, 60));
    assertThat(Embedding.of(network, samples().head(0)).shape()).isEqualTo(Shape.of(0, 4));
  }
}
