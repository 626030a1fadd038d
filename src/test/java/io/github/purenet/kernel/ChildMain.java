package io.github.purenet.kernel;

import io.github.purenet.PureNet;
import io.github.purenet.data.Batch;
import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Parameter;
import io.github.purenet.optim.Adam;
import java.util.Random;
import java.util.zip.CRC32;

/** What {@link ChildJvm} runs: the backend is chosen once a process, so each choice needs one. */
final class ChildMain {
  private static final int BATCH = 50;

  private ChildMain() {}

  /**
   * Prints what the argument asks for, in a line that begins with it.
   *
   * @param arguments {@code backend}, {@code train} or {@code step}
   */
  public static void main(String[] arguments) {
    for (int i = 0; i < 3; i++) { // said three times, decided and logged once
      try {
        System.out.println("backend " + PureNet.backend() + " " + Kernels.threads());
      } catch (IllegalArgumentException e) {
        System.out.println("backend " + e);
      }
    }
    if (arguments[0].equals("train")) {
      System.out.println("train " + train());
    }
    if (arguments[0].equals("step")) {
      System.out.println("step " + step());
    }
  }

  /** A checksum of all parameters after one step on images that are read from nowhere. */
  private static String step() {
    SimpleConvNet network = SimpleConvNet.of(7);
    NDArray x = NDArray.uniform(Shape.of(BATCH, 1, 28, 28), 0, 1, new Random(7));
    network.gradient(x, NDArray.zeros(BATCH));
    new Adam().step(network.parameters());
    CRC32 crc = new CRC32();
    for (Parameter parameter : network.parameters()) {
      add(crc, parameter.value());
    }
    return Long.toHexString(crc.getValue());
  }

  /** A checksum of all parameters after six steps, and of logits for one and for seven images. */
  private static String train() {
    SimpleConvNet network = SimpleConvNet.builder().filters(8).hidden(20).seed(7).build();
    Mnist mnist = Mnist.sample();
    Batch batch = Batch.allocate(mnist.train(), BATCH);
    Adam adam = new Adam();
    CRC32 crc = new CRC32();
    for (int step = 0; step < 6; step++) {
      batch.fill(mnist.train(), step * BATCH, step * BATCH + BATCH);
      add(crc, Double.doubleToRawLongBits(network.gradient(batch.x(), batch.t())));
      adam.step(network.parameters());
    }
    for (Parameter parameter : network.parameters()) {
      add(crc, parameter.value());
    }
    NDArray images = mnist.test().head(8).all().x();
    add(crc, network.predict(images.slice(0, 1)));
    add(crc, network.predict(images.slice(1, 8)));
    return Long.toHexString(crc.getValue());
  }

  private static void add(CRC32 crc, NDArray numbers) {
    for (float number : numbers.toArray()) {
      add(crc, Float.floatToRawIntBits(number));
    }
  }

  private static void add(CRC32 crc, long bits) {
    for (int shift = 0; shift < 64; shift += 8) {
      crc.update((int) (bits >>> shift));
    }
  }
}
