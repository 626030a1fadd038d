package io.github.purenet.testing;

import io.github.purenet.PureNet;
import io.github.purenet.data.Batch;
import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * An application in a jar with the library: it trains a little, predicts, and says where the
 * library is.
 */
public final class PackagedApplication implements Supplier<String> {

  /** Prints what {@link #get} returns. */
  public static void main(String[] arguments) {
    System.out.println(new PackagedApplication().get());
  }

  @Override
  public String get() {
    SimpleConvNet network = SimpleConvNet.builder().filters(2).hidden(4).build();
    Batch batch = Mnist.sample().train().head(10).all();
    double before = network.gradient(batch.x(), batch.t());
    new Adam(0.01).step(network.parameters());
    boolean learned = network.loss(batch.x(), batch.t()) < before;
    boolean loaded = loaded(network) instanceof SimpleConvNet;
    learned &= network.predict(batch.x()).shape().equals(Shape.of(10, 10));
    Module module = SimpleConvNet.class.getModule();
    return String.format(
        Locale.ROOT,
        "version %s, module %s, backend %s, %s, %s",
        PureNet.version(),
        module.getName(),
        PureNet.backend(),
        loaded ? "loaded" : "loaded something else",
        learned ? "learned" : "learned nothing");
  }

  /** Saves and loads a network, which a provider in the jar makes. */
  private static Network loaded(Network network) {
    try {
      Path file = Files.createTempFile("model", ".safetensors");
      try {
        network.save(file);
        return Network.load(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
