package io.github.purenet.cli;

import io.github.purenet.io.Npy;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Probabilities;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code purenet infer}, which runs a batch from and to files of NumPy. */
@Command(
    name = "infer",
    description = {
      "Runs a batch through a network, from and to files of NumPy.",
      "x (N, C, H, W) becomes y (N, K), the logits of the classes or their probabilities. The numbers"
          + " of x are what the network expects: pixels from 0 to 1, normalized as the network"
          + " was trained, or else with --normalize."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet infer --model model.safetensors --input x.npy --output y.npy",
      "  purenet infer -m model.safetensors -i x.npy -o p.npy --probabilities",
      ""
    })
final class InferCommand implements Callable<Integer> {
  @Option(
      names = {"-m", "--model"},
      paramLabel = "FILE",
      required = true,
      description = "The file of a trained network.")
  private Path model;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "FILE",
      required = true,
      description = "The npy file to read, N samples.")
  private Path input;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The npy file to write; it is replaced as a whole.")
  private Path file;

  @Option(names = "--probabilities", description = "Write probabilities instead of logits.")
  private boolean probabilities;

  @Option(
      names = "--normalize",
      description = "Normalize x first, as the model file says that the training images were.")
  private boolean normalize;

  @Mixin private BatchSizeOption batch;

  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    Network network = Network.load(model);
    NDArray x = Npy.read(input);
    if (x.rank() < 1 || !x.shape().dropFirst().equals(network.inputShape())) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected N samples of %s, got an array of %s",
              input,
              network.inputShape(),
              x.shape()));
    }
    NDArray y = infer(network, x);
    Npy.write(file, y);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("output", file.toString());
    document.put("shape", Arrays.stream(y.shape().toArray()).boxed().toList());
    document.put("values", probabilities ? "probabilities" : "logits");
    output.result(
        String.format(
            Locale.ROOT, "%s: %s, %s", file, y.shape(), probabilities ? "probabilities" : "logits"),
        document);
    return Main.DONE;
  }

  private NDArray infer(Network network, NDArray x) {
    Probabilities meaning = probabilities ? new Probabilities(network) : null;
    int n = x.dimension(0);
    Shape one = network.outputShape(network.inputShape().prepend(1)).dropFirst();
    NDArray y = NDArray.zeros(one.prepend(n));
    for (int from = 0, to; from < n; from = to) {
      to = from + Math.min(n - from, batch.size());
      NDArray part = x.slice(from, to);
      if (normalize && network.normalization().isPresent()) {
        part = network.normalization().get().apply(part);
      }
      NDArray result = network.predict(part);
      result = meaning == null ? result : meaning.of(result);
      System.arraycopy(result.data(), 0, y.data(), from * one.size(), result.size());
    }
    return y;
  }
}
