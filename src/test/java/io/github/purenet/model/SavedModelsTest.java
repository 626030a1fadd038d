package io.github.purenet.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each network of this package is loaded as what it was saved as. */
class SavedModelsTest {
  @TempDir Path folder;

  @SuppressWarnings("UnusedMethod") // a method source
  private static Stream<Network> models() {
    Shape image = Shape.of(1, 67, 67);
    return Stream.of(
        SimpleConvNet.builder().filters(3).filterSize(4).stride(2).pad(1).hidden(7).build(),
        LeNet.of(Shape.of(1, 28, 28), 10, 1),
        DeepConvNet.of(Shape.of(1, 28, 28), 10, 0.5, 1),
        AlexNet.of(image, 3, 0.25, 1));
  }

  @ParameterizedTest
  @MethodSource("models")
  void is_what_it_was(Network network) throws IOException {
    Path file = folder.resolve("model.safetensors");
    network.save(file);
    Network loaded = Network.load(file);
    assertThat(loaded).hasSameClassAs(network).hasToString(network.toString());
    NDArray x = NDArray.normal(network.inputShape().prepend(2), 0f, 1f, new Random(1));
    assertThat(loaded.predict(x).toArray()).isEqualTo(network.predict(x).toArray());
  }

  @Test
  void none_is_forgotten() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(SimpleConvNet.class.getPackageName());
    assertThat(classes.stream().filter(c -> c.isAssignableTo(Network.class)))
        .extracting(c -> c.getSimpleName())
        .containsExactlyInAnyOrderElementsOf(
            models().map(network -> network.getClass().getSimpleName()).toList());
  }

  @Test
  void a_loaded_simple_conv_net_knows_the_names_of_the_book() throws IOException {
    SimpleConvNet network = SimpleConvNet.of(3);
    Path file = folder.resolve("model.safetensors");
    network.save(file);
    Network loaded = Network.load(file);
    for (String name : List.of("W1", "b1", "W2", "b2", "W3", "b3")) {
      assertThat(loaded.parameter(name).value().toArray())
          .isEqualTo(network.parameter(name).value().toArray());
    }
    SimpleConvNet other = SimpleConvNet.of(4);
    other.loadParameters(file);
    assertThat(other.parameter("W2").value().toArray())
        .isEqualTo(network.parameter("W2").value().toArray());
  }
}
