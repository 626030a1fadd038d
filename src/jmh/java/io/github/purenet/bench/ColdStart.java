package io.github.purenet.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.awt.image.Raster;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * A command: times whole processes that load a network and classify one picture, with PureNet and
 * with ONNX Runtime's Java package, in turn.
 *
 * <p>Arguments: the network of the book as {@code .safetensors} and as {@code .onnx}, a picture of
 * 28 by 28 gray pixels, and the number of rounds. {@code src/test/golden/pytorch/onnx_model.py}
 * makes the second file of the first.
 */
public final class ColdStart {
  private ColdStart() {}

  /** Runs the command. */
  public static void main(String[] args) throws Exception {
    int rounds = Integer.parseInt(args[3]);
    double[] here = new double[rounds];
    double[] there = new double[rounds];
    String own = where(ColdStart.class) + File.pathSeparator + where(Network.class);
    String other = where(ColdStart.class) + File.pathSeparator + where(OrtSession.class);
    for (int i = -1; i < rounds; i++) { // one to warm the disk
      double first = seconds(own, PureNet.class, args[0], args[2]);
      double second = seconds(other, OnnxRuntime.class, args[1], args[2]);
      if (i >= 0) {
        here[i] = first;
        there[i] = second;
      }
    }
    double[] ratios = new double[rounds];
    Arrays.setAll(ratios, i -> here[i] / there[i]);
    System.out.printf(
        "PureNet %.3f s, ONNX Runtime %.3f s, ratio %.2f (medians of %d rounds)%n",
        median(here), median(there), median(ratios), rounds);
  }

  private static String where(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double seconds(String classPath, Class<?> program, String model, String picture)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = List.of(java, "-cp", classPath, program.getName(), model, picture);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static float[] pixels(String picture) throws IOException {
    Raster raster = ImageIO.read(new File(picture)).getRaster();
    float[] x = new float[28 * 28];
    for (int i = 0; i < x.length; i++) {
      x[i] = raster.getSample(i % 28, i / 28, 0) / 255f;
    }
    return x;
  }

  private static int argmax(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] > logits[best] ? i : best;
    }
    return best;
  }

  /** Classifies with PureNet. */
  public static final class PureNet {
    private PureNet() {}

    /** Runs the program. */
    public static void main(String[] args) throws IOException {
      Network network = Network.load(Path.of(args[0]));
      NDArray x = NDArray.wrap(Shape.of(1, 1, 28, 28), pixels(args[1]));
      System.out.println(network.predict(x).argmax());
    }
  }

  /** Classifies with ONNX Runtime. */
  public static final class OnnxRuntime {
    private OnnxRuntime() {}

    /** Runs the program. */
    public static void main(String[] args) throws IOException, OrtException {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      long[] shape = {1, 1, 28, 28};
      try (OrtSession session = environment.createSession(args[0]);
          OnnxTensor x =
              OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels(args[1])), shape);
          OrtSession.Result y = session.run(Map.of("x", x))) {
        float[][] logits = (float[][]) y.get(0).getValue();
        System.out.println(argmax(logits[0]));
      }
    }
  }
}
