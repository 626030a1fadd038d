package io.github.purenet.plot;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static io.github.purenet.nn.Layers.localResponseNorm;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.model.DeepConvNet;
import io.github.purenet.model.LeNet;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.LayerSpec;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import io.github.purenet.nn.Pass;
import io.github.purenet.testing.GoldenPicture;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

class NetworkDiagramTest {

  /** A residual with a projection and one without, and a concat in a concat. */
  private static Network composites() {
    return Network.of(
        Shape.of(3, 16, 16),
        1,
        conv(4, 3).pad(1).noBias(),
        batchNorm(),
        residual(conv(8, 3).pad(1).stride(2), relu(), conv(8, 3).same())
            .projection(conv(8, 1).stride(2)),
        residual(conv(8, 3).pad(1).groups(2)),
        concat(
            branch(conv(2, 1)),
            branch(concat(branch(conv(3, 1, 3).pad(0, 1)), branch()), relu()),
            branch(maxPool(3).stride(1).pad(1))),
        globalAvgPool(),
        affine(10));
  }

  static List<Network> networks() {
    return List.of(
        SimpleConvNet.of(1),
        LeNet.of(1),
        DeepConvNet.of(1),
        Network.of( // the kinds of layers in AlexNet
            Shape.of(3, 67, 67),
            1,
            conv(96, 11).stride(4),
            relu(),
            localResponseNorm(),
            maxPool(3).stride(2),
            dropout(0.5),
            affine(10)),
        composites());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void names_every_layer_with_shape_and_parameters(Network network) throws Exception {
    List<String> texts = SvgText.texts(NetworkDiagram.builder(network).build());

    assertThat(texts).contains("input " + network.inputShape());
    Shape shape = network.inputShape().prepend(1);
    for (Layer layer : network.layers()) {
      shape = layer.outputShape(shape);
      int count = layer.parameters().stream().mapToInt(p -> p.value().size()).sum();
      assertThat(texts).contains(layer.name());
      String parameters = String.format(Locale.ROOT, "%,d parameters", count);
      assertThat(texts).anyMatch(text -> count == 0 || text.endsWith(parameters));
    }
    long all = network.parameters().stream().mapToLong(p -> p.value().size()).sum();
    assertThat(String.join(" ", texts))
        .contains(String.format(Locale.ROOT, "%,d parameters · ", all))
        .contains("loss: SoftmaxWithLoss");
  }

  @Test
  void settings_are_named_unless_they_are_the_usual_ones() throws Exception {
    String texts = String.join(" ", SvgText.texts(NetworkDiagram.builder(composites()).build()));

    assertThat(texts)
        .contains("Convolution, filters 4, 3 × 3, pad 1, no bias")
        .contains("Convolution, filters 8, 3 × 3, pad same")
        .contains("Convolution, filters 3, 1 × 3, pad (0, 1)")
        .contains("Convolution, filters 8, 3 × 3, pad 1, groups 2")
        .contains("BatchNormalization, epsilon 0.00001, momentum 0.1")
        .contains("Pooling, 3 × 3, pad 1")
        .contains("GlobalAveragePooling")
        .doesNotContain("dilation");
  }

  @Test
  void branches_split_and_join() throws Exception {
    List<SvgText> texts = SvgText.check(NetworkDiagram.builder(composites()).build());
    List<String> names = texts.stream().map(SvgText::text).toList();

    assertThat(names)
        .contains("residual1", "conv1", "relu1", "conv2", "projection.conv1")
        .contains("concat1", "branch1.conv1", "branch2.concat1", "branch3.maxPool1")
        .contains("branch2.relu1");
    assertThat(names.stream().filter("+"::equals)).hasSize(2);
    assertThat(names.stream().filter("concat"::equals)).hasSize(2);
    assertThat(names.stream().filter("identity"::equals)).hasSize(2);
    // Branches stand beside each other.
    SvgText first = find(texts, "branch1.conv1");
    SvgText third = find(texts, "branch3.maxPool1");
    assertThat(first.y()).isEqualTo(third.y());
    assertThat(third.x()).isGreaterThan(first.x() + first.width());
  }

  private static SvgText find(List<SvgText> texts, String text) {
    return texts.stream().filter(t -> t.text().equals(text)).findFirst().orElseThrow();
  }

  @Test
  void arrows_lead_to_every_layer_and_every_join() throws Exception {
    Document simple = SvgText.parse(NetworkDiagram.builder(SimpleConvNet.of(1)).build());
    assertThat(SvgText.elements(simple, "polygon")).hasSize(6);

    Document svg = SvgText.parse(NetworkDiagram.builder(composites()).build());
    int layers = 7 + (3 + 1) + 1 + (1 + 2 + 1) + 1;
    int joins = 4;
    assertThat(SvgText.elements(svg, "polygon")).hasSize(layers + joins);
  }

  @Test
  void many_layers_stand_in_columns() {
    Network network = DeepConvNet.of(1);
    NetworkDiagram one = NetworkDiagram.builder(network).columns(1).build();
    NetworkDiagram three = NetworkDiagram.builder(network).columns(3).build();
    NetworkDiagram byItself = NetworkDiagram.builder(network).build();

    assertThat(three.width()).isGreaterThan(one.width());
    assertThat(three.height()).isLessThan(one.height() / 2);
    assertThat(byItself.height()).isLessThan(1000);
    assertThat(NetworkDiagram.builder(network).columns(99).build().height()).isLessThan(400);
    assertThatThrownBy(() -> NetworkDiagram.builder(network).columns(0))
        .hasMessage("columns: expected at least 1, got 0");
  }

  @Test
  void frozen_parameters_are_counted() throws Exception {
    Network network = SimpleConvNet.of(1);
    network.parameter("W1").freeze();

    assertThat(String.join(" ", SvgText.texts(NetworkDiagram.builder(network).build())))
        .contains("433,890 parameters (750 frozen)");
  }

  /** A layer of somebody else: settings of its own, and perhaps a network inside. */
  private record Foreign(String kind, Layer layer) implements LayerSpec {
    @Override
    public Layer build(String name, Shape input, RandomGenerator random) {
      return layer;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("greeting", "a < b & ü");
    }
  }

  private static Layer identity() {
    return new Layer() {
      @Override
      public String name() {
        return "strange <layer>";
      }

      @Override
      public Shape outputShape(Shape input) {
        return input;
      }

      @Override
      public NDArray forward(NDArray x, Pass pass) {
        return x;
      }

      @Override
      public NDArray backward(NDArray dy, Pass pass) {
        return dy;
      }

      @Override
      public List<Parameter> parameters() {
        return List.of();
      }
    };
  }

  @Test
  void layers_of_others_are_boxes_and_networks_inside_are_frames() throws Exception {
    Network inner = Network.of(Shape.of(4), 1, affine(3), relu());
    Network network =
        Network.of(Shape.of(4), 1, new Foreign("a", identity()), new Foreign("b", inner));

    assertThat(SvgText.texts(NetworkDiagram.builder(network).build()))
        .contains("strange <layer>", "greeting a < b & ü", "network", "affine1", "relu1")
        .doesNotContain("+", "concat");
  }

  @Test
  void looks_as_it_did_when_it_was_found_right() throws IOException {
    GoldenPicture.assertMatches(
        NetworkDiagram.builder(SimpleConvNet.of(1)).title("The book's network").build().image(),
        "network");
  }
}
