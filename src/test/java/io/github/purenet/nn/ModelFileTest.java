package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.flatten;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static io.github.purenet.nn.Layers.layerNorm;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.io.Npz;
import io.github.purenet.io.Safetensors;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.optim.Sgd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFileTest {
  @TempDir Path folder;

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<LayerCases.Case> cases() {
    return LayerCases.all();
  }

  /** A network whose biases, scales and statistics are no longer 0 and 1. */
  private static Network trained(Network network) {
    Random random = new Random(7);
    for (List<Parameter> list : List.of(network.parameters(), network.buffers())) {
      for (Parameter p : list) {
        float low = p.name().endsWith("variance") ? 0.5f : -1f;
        p.assign(NDArray.uniform(p.value().shape(), low, 1.5f, random));
      }
    }
    return network;
  }

  private Path saved(Network network) throws IOException {
    Path file = folder.resolve("model.safetensors");
    network.save(file);
    return file;
  }

  private static void assertSame(Network loaded, Network network) {
    NDArray x = NDArray.normal(network.inputShape().prepend(3), 0f, 1f, new Random(3));
    assertThat(loaded.predict(x).toArray()).isEqualTo(network.predict(x).toArray());
    Pass[] passes = {Pass.training(), Pass.training()};
    NDArray y = network.forward(x, passes[0]);
    assertThat(loaded.forward(x, passes[1]).toArray()).as("in training").isEqualTo(y.toArray());
    assertThat(ModelFile.of(loaded).metadata()).isEqualTo(ModelFile.of(network).metadata());
    assertThat(loaded.toString()).isEqualTo(network.toString());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_layer_comes_back_with_its_settings_and_numbers(LayerCases.Case c) throws IOException {
    Network network = trained(Network.of(c.sample(), 1, c.spec()).withLoss(new MeanSquaredError()));
    assertSame(Network.load(saved(network)), network);
  }

  private static Network composed() {
    return Network.of(
        Shape.of(2, 6, 6),
        11,
        conv(4, 3).pad(1).noBias(),
        batchNorm(),
        relu(),
        residual(conv(6, 3).pad(1), residual(batchNorm(), dropout(0.25)), layerNorm())
            .projection(conv(6, 1)),
        dropout(0.5),
        globalAvgPool(),
        flatten(),
        affine(3));
  }

  @Test
  void a_loaded_network_goes_on_learning_bit_for_bit() throws IOException {
    Network network = composed();
    Network loaded = Network.load(saved(network));
    NDArray x = NDArray.normal(Shape.of(8, 2, 6, 6), 0f, 1f, new Random(2));
    NDArray t = NDArray.of(0f, 1f, 2f, 0f, 1f, 2f, 0f, 1f);
    for (int step = 0; step < 4; step++) {
      assertThat(loaded.gradient(x, t)).isEqualTo(network.gradient(x, t));
      new Sgd(0.1).step(network.parameters());
      new Sgd(0.1).step(loaded.parameters());
    }
    assertSame(loaded, network);
  }

  @Test
  void the_rest_comes_back_too() throws IOException {
    Network network =
        composed().withLoss(new SoftmaxWithLoss().labelSmoothing(0.1).classWeights(1, 2.5, 0));
    network.setClassNames(List.of("one", "\"two\"\n", "drei ß 三"));
    network.setNormalization(new Normalization(List.of(0.1307, 0.5), List.of(0.3081, 0.25)));
    network.parameter("conv1.W").freeze();
    Network loaded = Network.load(saved(network));
    assertThat(loaded.classNames()).isEqualTo(network.classNames());
    assertThat(loaded.normalization()).isEqualTo(network.normalization());
    assertThat(loaded.loss().settings()).isEqualTo(network.loss().settings());
    assertThat(loaded.parameters().stream().filter(Parameter::isFrozen).map(Parameter::name))
        .containsExactly("conv1.W");
    assertSame(loaded, network);
    assertThat(Network.load(saved(network.withLoss(new SigmoidWithLoss()))).loss())
        .isInstanceOf(SigmoidWithLoss.class);
    assertSame(
        Network.load(saved(network.replaceLast(affine(5), 1))), network.replaceLast(affine(5), 1));
  }

  @Test
  void loads_from_a_stream() throws IOException {
    Network network = composed();
    byte[] bytes = Files.readAllBytes(saved(network));
    assertSame(Network.load(new ByteArrayInputStream(bytes), "resource"), network);
  }

  @Test
  void names_and_layouts_are_those_of_pytorch() throws IOException {
    Network network = trained(composed());
    Safetensors file = Safetensors.read(saved(network));
    assertThat(file.arrays().keySet())
        .containsExactly(
            "conv1.weight",
            "batchNorm1.weight",
            "batchNorm1.bias",
            "residual1.conv1.weight",
            "residual1.conv1.bias",
            "residual1.residual1.batchNorm1.weight",
            "residual1.residual1.batchNorm1.bias",
            "residual1.layerNorm1.weight",
            "residual1.layerNorm1.bias",
            "residual1.projection.conv1.weight",
            "residual1.projection.conv1.bias",
            "affine1.weight",
            "affine1.bias",
            "batchNorm1.running_mean",
            "batchNorm1.running_var",
            "residual1.residual1.batchNorm1.running_mean",
            "residual1.residual1.batchNorm1.running_var");
    NDArray weight = network.parameter("affine1.W").value();
    assertThat(file.arrays().get("affine1.weight").shape()).isEqualTo(Shape.of(3, 6));
    assertThat(file.arrays().get("affine1.weight").toArray())
        .isEqualTo(weight.transpose().toArray());
    assertThat(file.arrays().get("batchNorm1.running_var").toArray())
        .isEqualTo(network.buffers().get(1).value().toArray());
    assertThat(file.metadata()).containsEntry("format", "pt");
  }

  @Test
  void parameters_come_from_either_kind_of_names() throws IOException {
    Network network = trained(composed());
    Path file = folder.resolve("parameters.npz");
    Map<String, NDArray> own = new LinkedHashMap<>();
    for (List<Parameter> list : List.of(network.buffers(), network.parameters())) {
      list.forEach(p -> own.put(p.name(), p.value()));
    }
    Npz.write(file, own);
    Network other = composed();
    other.loadParameters(file);
    assertSame(other, network);

    Map<String, NDArray> torch = new LinkedHashMap<>();
    ModelFile.of(network).arrays().forEach((name, array) -> torch.put("module." + name, array));
    torch.put("module.batchNorm1.num_batches_tracked", NDArray.scalar(7f));
    torch.put("epoch", NDArray.scalar(12f));
    new Safetensors(torch, Map.of()).write(file);
    Network third = composed();
    third.loadParameters(
        file, name -> name.equals("epoch") ? null : name.substring("module.".length()));
    assertSame(third, network);
  }

  @Test
  void says_everything_that_does_not_fit_and_changes_nothing() throws IOException {
    Network network = Network.of(Shape.of(1, 4, 4), 1, conv(2, 3), batchNorm(), relu(), affine(3));
    Map<String, NDArray> arrays = new LinkedHashMap<>(ModelFile.of(network).arrays());
    arrays.remove("conv1.bias");
    arrays.remove("batchNorm1.running_mean");
    arrays.put("affine1.weight", NDArray.ones(8, 3));
    arrays.put("conv1.weight", NDArray.ones(2, 1, 3, 3));
    arrays.put("conv1.W", NDArray.ones(2, 1, 3, 3));
    arrays.put("conv2.weight", NDArray.ones(1));
    Path file = folder.resolve("other.safetensors");
    new Safetensors(arrays, Map.of()).write(file);
    NDArray x = NDArray.ones(1, 1, 4, 4);
    float[] before = network.predict(x).toArray();
    assertThatThrownBy(() -> network.loadParameters(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ": expected the parameters of the network: missing are conv1.bias (2,),"
                + " batchNorm1.running_mean (2,); superfluous are conv2.weight; affine1.weight:"
                + " expected (3, 8), got (8, 3); conv1.W: expected conv1.W once, got it again");
    assertThatThrownBy(() -> network.loadParameters(file, name -> "x." + name))
        .hasMessageContaining("conv2.weight for x.conv2.weight");
    assertThat(network.predict(x).toArray()).isEqualTo(before);
    assertThatThrownBy(() -> Network.load(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ": expected a network, got arrays without metadata purenet;"
                + " Network.loadParameters reads them into a network");
  }

  @Test
  void class_names_and_normalization_must_fit() {
    Network network = composed();
    assertThatThrownBy(() -> network.setClassNames(List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network: expected as many names of classes as outputs (3,), got 2");
    assertThatThrownBy(
            () -> network.setNormalization(new Normalization(List.of(0.0), List.of(1.0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("normalization: expected samples (C, H, W) of 1 channels, got (2, 6, 6)");
    assertThatThrownBy(() -> new Normalization(List.of(0.0), List.of(1e-50)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "normalization: expected a finite mean and a finite deviation above 0 for each"
                + " channel, got means [0.0] and deviations [1.0E-50]");
    NDArray x = NDArray.of(1f, 2f, 3f, 4f).reshape(1, 2, 1, 2);
    assertThat(new Normalization(List.of(1.0, 0.0), List.of(2.0, 4.0)).apply(x).toArray())
        .containsExactly(0f, 0.5f, 0.75f, 1f);
  }

  /** A layer of a user, which multiplies by one learned number and has a layer inside. */
  private record Scaled(String name, Parameter factor, Layer inner) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return inner.outputShape(input);
    }

    @Override
    public NDArray forward(NDArray x, Pass pass) {
      return inner.forward(x, pass).multiply(factor.value().item());
    }

    @Override
    public NDArray backward(NDArray dy, Pass pass) {
      return inner.backward(dy.multiply(factor.value().item()), pass);
    }

    @Override
    public List<Parameter> parameters() {
      List<Parameter> all = new ArrayList<>(inner.parameters());
      all.add(factor);
      return List.copyOf(all);
    }
  }

  private record ScaledSpec(LayerSpec inner, double start) implements LayerSpec {
    @Override
    public String kind() {
      return "scaled";
    }

    @Override
    public Layer build(String name, Shape input, RandomGenerator random) {
      return new Scaled(
          name,
          new Parameter(name + ".factor", NDArray.scalar((float) start)),
          inner.build(name + ".inner", input, random));
    }

    @Override
    public Map<String, Object> settings() {
      return new Settings(kind()).with("start", start).withLayers("inner", List.of(inner)).toMap();
    }
  }

  private static final class Hinge implements Loss {
    @Override
    public double forward(NDArray y, NDArray t, Pass pass) {
      return 0;
    }

    @Override
    public NDArray backward(Pass pass) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Own extends Network {
    Own(long seed) {
      super(Shape.of(4), seed, new ScaledSpec(affine(3), 2), relu());
    }

    Own(Stored stored) {
      super(stored);
    }
  }

  private static final class Provider implements ModelProvider {
    @Override
    public Optional<LayerSpec> layer(Settings s) {
      return s.kind().equals("scaled")
          ? Optional.of(new ScaledSpec(s.specs("inner").get(0), s.number("start")))
          : Optional.empty();
    }

    @Override
    public Optional<Loss> loss(Settings s) {
      return s.kind().equals("Hinge") ? Optional.of(new Hinge()) : Optional.empty();
    }

    @Override
    public Optional<Network> network(String kind, Network.Stored stored) {
      return kind.equals("Own") ? Optional.of(new Own(stored)) : Optional.empty();
    }
  }

  @Test
  void layers_losses_and_networks_of_ones_own_come_from_a_provider() throws IOException {
    Network network = trained(new Own(5));
    Path file = saved(network);
    assertThat(Safetensors.read(file).arrays().keySet())
        .containsExactly("scaled1.inner.W", "scaled1.inner.b", "scaled1.factor");
    Network loaded = Network.load(file, new Provider());
    assertThat(loaded).isInstanceOf(Own.class);
    assertSame(loaded, network);
    assertThatThrownBy(() -> Network.load(file))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ": purenet: network: expected a known kind of layer, got scaled; a ModelProvider"
                + " can tell how it is made");

    Path other = saved(composed().withLoss(new Hinge()));
    assertThat(Network.load(other, new Provider()).loss()).isInstanceOf(Hinge.class);
    assertThatThrownBy(() -> Network.load(other))
        .hasMessageContaining("expected a known kind of loss, got Hinge");
  }

  @Test
  void a_network_is_restored_from_one_of_the_same_layers() throws IOException {
    Network network = trained(composed());
    Safetensors content = ModelFile.of(network);
    Network other = composed();
    ModelFile.restore(other, content, "file");
    assertSame(other, network);
    Network withOtherSeeds = Network.of(Shape.of(4), 1, dropout(0.5), affine(2));
    Safetensors ofSeed2 = ModelFile.of(Network.of(Shape.of(4), 2, dropout(0.5), affine(2)));
    assertThatThrownBy(() -> ModelFile.restore(withOtherSeeds, ofSeed2, "file"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("file: expected a network of the same seeds, {dropout1=");
    assertThatThrownBy(
            () -> ModelFile.restore(other, ModelFile.of(composed().replaceLast(affine(4), 1)), "f"))
        .hasMessageContaining("f: expected a network of the same layers, [");
  }
}
