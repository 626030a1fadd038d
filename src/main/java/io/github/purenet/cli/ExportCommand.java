package io.github.purenet.cli;

import io.github.purenet.io.Npz;
import io.github.purenet.io.Safetensors;
import io.github.purenet.ndarray.NDArray;
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

/** The command {@code purenet export}, which writes the arrays of a network for other programs. */
@Command(
    name = "export",
    description = {
      "Writes the parameters and running statistics of a network for other programs, with the names"
          + " and layouts of PyTorch.",
      "A model file is a safetensors file already: what is exported lacks the description of the"
          + " network alone."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet export model.safetensors --format npz",
      "  purenet export model.safetensors --format safetensors -o weights.safetensors",
      ""
    })
final class ExportCommand implements Callable<Integer> {
  /** The values of {@code --format}. */
  private enum Format {
    npz,
    safetensors
  }

  @Mixin private ModelFile model;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "npz",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write (default: MODEL with the ending of the format).")
  private Path file;

  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    Path target = file == null ? beside(model.path()) : file;
    if (target.toAbsolutePath().normalize().equals(model.path().toAbsolutePath().normalize())) {
      throw new WrongUse("--output: expected another file than MODEL, got " + target);
    }
    Map<String, NDArray> arrays = Safetensors.read(model.path()).arrays();
    switch (format) {
      case npz -> Npz.write(target, arrays);
      case safetensors -> new Safetensors(arrays, Map.of()).write(target);
    }
    long numbers = arrays.values().stream().mapToLong(NDArray::size).sum();
    Map<String, Object> shapes = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> shapes.put(name, Arrays.stream(array.shape().toArray()).boxed().toList()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("output", target.toString());
    document.put("format", format.name());
    document.put("arrays", shapes);
    output.result(
        String.format(Locale.ROOT, "%s: %d arrays, %,d numbers", target, arrays.size(), numbers),
        document);
    return Main.DONE;
  }

  private Path beside(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return path.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "." + format);
  }
}
