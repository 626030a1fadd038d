package io.github.purenet.cli;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.serve.ModelDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code purenet summary}, which prints the layers of a network. */
@Command(
    name = "summary",
    description = "Prints the layers of a network, with their shapes and parameters.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet summary model.safetensors",
      "  purenet summary AlexNet --input 3x224x224 --classes 1000",
      ""
    })
final class SummaryCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      description =
          "A model file, or the name of a network: SimpleConvNet, LeNet, DeepConvNet or AlexNet.")
  private String model;

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      defaultValue = "1x28x28",
      converter = ShapeConverter.class,
      description = "The shape of one image for a named network (default: ${DEFAULT-VALUE}).")
  private Shape input;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "The number of classes of a named network (default: ${DEFAULT-VALUE}).")
  private int classes;

  @Mixin private NetworkOptions options;
  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    Network network = network();
    output.result(network.summary(), ModelDocument.of(network));
    return Main.DONE;
  }

  private Network network() throws IOException {
    NamedNetwork named = NamedNetwork.of(model).orElse(null);
    if (named == null) {
      return Network.load(Path.of(model));
    }
    return WrongUse.unless(() -> options.build(named, input, classes, 0));
  }
}
