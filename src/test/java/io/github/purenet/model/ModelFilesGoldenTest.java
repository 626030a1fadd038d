package io.github.purenet.model;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.flatten;
import static io.github.purenet.nn.Layers.layerNorm;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static io.github.purenet.nn.Layers.sigmoid;
import static io.github.purenet.nn.Layers.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.data.Mnist;
import io.github.purenet.io.Npy;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that PyTorch and NumPy wrote, {@code pytorch/model_files.py}, and files for that script to
 * read.
 */
class ModelFilesGoldenTest {
  private static final Path FOLDER = Path.of("src/test/golden/pytorch/model");

  /** The property that names a directory in which the files are kept. */
  private static final String KEEP = "purenet.golden.models";

  @TempDir Path folder;

  /** Every kind of layer that has parameters. */
  private static Network network() {
    return Network.of(
        Shape.of(2, 6, 5),
        1,
        conv(6, 3).pad(1).noBias(),
        batchNorm(),
        relu(),
        conv(4, 2, 3).stride(1, 2).groups(2),
        residual(conv(5, 3).pad(1), layerNorm(), tanh()).projection(conv(5, 1)),
        concat(branch(conv(2, 1)), branch(batchNorm())),
        flatten(),
        affine(8),
        batchNorm(),
        sigmoid(),
        affine(3).noBias());
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16", "F32", "F64"})
  void reads_the_types_that_pytorch_writes(String type) throws IOException {
    Map<String, NDArray> values = Golden.pytorch("model/values");
    Network network = network();
    network.loadParameters(FOLDER.resolve(type.toLowerCase(Locale.ROOT) + ".safetensors"));
    Golden.assertClose(type, network.predict(values.get("x")), values.get("y" + type), 1e-5);
  }

  @Test
  void reads_what_numpy_writes() throws IOException {
    Map<String, NDArray> values = Golden.pytorch("model/values");
    Network network = network();
    network.loadParameters(FOLDER.resolve("parameters.npz"));
    Golden.assertClose("npz", network.predict(values.get("x")), values.get("yF32"), 1e-5);
  }

  @Test
  void writes_what_pytorch_reads() throws IOException {
    Path to = System.getProperty(KEEP) == null ? folder : Path.of(System.getProperty(KEEP));
    Files.createDirectories(to);
    NDArray x = Golden.pytorch("model/values").get("x");
    Network network = network();
    network.loadParameters(FOLDER.resolve("f32.safetensors"));
    write(network, x, to, "model", "");

    SimpleConvNet book = SimpleConvNet.of(1);
    write(book, Mnist.sample().test().head(20).all().x(), to, "book", "book_");
    assertThat(Network.load(to.resolve("book.safetensors"))).isInstanceOf(SimpleConvNet.class);
  }

  private static void write(Network network, NDArray x, Path to, String name, String prefix)
      throws IOException {
    network.save(to.resolve(name + ".safetensors"));
    Npy.write(to.resolve(prefix + "x.npy"), x);
    Npy.write(to.resolve(prefix + "y.npy"), network.predict(x));
  }
}
