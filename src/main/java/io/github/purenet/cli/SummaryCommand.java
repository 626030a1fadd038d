package io.github.purenet.cli;

import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Layer;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    output.result(network.summary(), document(network));
    return Main.DONE;
  }

  private Network network() throws IOException {
    NamedNetwork named = NamedNetwork.of(model).orElse(null);
    if (named == null) {
      return Network.load(Path.of(model));
    }
    return WrongUse.unless(() -> options.build(named, input, classes, 0));
  }

  private static Map<String, Object> document(Network network) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("input", sizes(network.inputShape()));
    Shape shape = network.inputShape().prepend(1);
    List<Map<String, Object>> layers = new ArrayList<>();
    for (Layer layer : network.layers()) {
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("name", layer.name());
      described.put("output", sizes(layer.outputShape(shape).dropFirst()));
      described.put("parameters", count(layer.parameters()));
      described.put("multiplyAdds", layer.multiplyAdds(shape));
      layers.add(described);
      shape = layer.outputShape(shape);
    }
    document.put("layers", layers);
    document.put("parameters", count(network.parameters()));
    document.put(
        "frozen", count(network.parameters().stream().filter(Parameter::isFrozen).toList()));
    document.put("multiplyAdds", network.multiplyAdds(network.inputShape().prepend(1)));
    return document;
  }

  private static long count(List<Parameter> parameters) {
    return parameters.stream().mapToLong(parameter -> parameter.value().size()).sum();
  }

  private static List<Integer> sizes(Shape shape) {
    return Arrays.stream(shape.toArray()).boxed().toList();
  }
}
