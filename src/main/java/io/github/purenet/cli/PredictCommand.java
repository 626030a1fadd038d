package io.github.purenet.cli;

import io.github.purenet.image.Images;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Probabilities;
import io.github.purenet.serve.Inputs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code purenet predict}, which tells the classes of pictures. */
@Command(
    name = "predict",
    description = {
      "Prints the class and the probability of image files.",
      "A picture is scaled to the size that the network expects, in gray or color, and normalized as"
          + " its training images were. For a network of handwritten digits, gray and of the classes"
          + " 0 to 9, it is also inverted if its background is light, and the digit is scaled and"
          + " centered as those of MNIST are."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet predict digits.safetensors digit.png",
      "  purenet predict photos.safetensors *.jpg --top 3",
      ""
    })
final class PredictCommand implements Callable<Integer> {
  @Mixin private ModelFile model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "Files of PNG, JPEG, BMP or GIF.")
  private List<Path> files;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "1",
      description = "Print the K likeliest classes (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--digits",
      negatable = true,
      description =
          "Take the pictures for handwritten digits, or not (default: as the network tells).")
  private Boolean digits;

  @Mixin private FitOption fit;
  @Mixin private Output output;

  /** A class of a picture. */
  private record Guess(int index, String name, float probability) {}

  @Override
  public Integer call() throws IOException {
    if (top < 1) {
      throw new WrongUse("--top: expected at least 1, got " + top);
    }
    Network network = model.load();
    Probabilities meaning = new Probabilities(network);
    Images reader = reader(network);
    int width = files.stream().mapToInt(file -> file.toString().length()).max().orElse(0);
    List<String> lines = new ArrayList<>();
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Path file : files) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("file", file.toString());
      try {
        NDArray logits = network.predict(reader.read(file));
        List<Guess> guesses = guesses(network, meaning.of(logits));
        lines.add(line(file, width, guesses));
        document.put("classes", guesses.stream().map(PredictCommand::document).toList());
      } catch (IOException e) {
        output.failure(Main.message(e));
        document.put("error", Main.message(e));
      }
      documents.add(document);
    }
    output.result(String.join(System.lineSeparator(), lines), Map.of("images", documents));
    return lines.size() == files.size() ? Main.DONE : Main.FAILED;
  }

  private Images reader(Network network) {
    Images images = fit.of(Images.of(network));
    return (digits == null ? Inputs.isOfDigits(network) : digits) ? images.asMnist() : images;
  }

  /** Returns the likeliest classes; among equals, the first. */
  private List<Guess> guesses(Network network, NDArray probabilities) {
    List<String> names = network.classNames();
    return IntStream.range(0, probabilities.size())
        .mapToObj(
            k ->
                new Guess(
                    k, names.isEmpty() ? String.valueOf(k) : names.get(k), probabilities.data()[k]))
        .sorted(Comparator.comparing(Guess::probability).reversed())
        .limit(top)
        .toList();
  }

  private static String line(Path file, int width, List<Guess> guesses) {
    String classes =
        guesses.stream()
            .map(guess -> String.format(Locale.ROOT, "%s %.4f", guess.name, guess.probability))
            .collect(Collectors.joining("  "));
    return String.format(Locale.ROOT, "%-" + width + "s  %s", file, classes);
  }

  private static Map<String, Object> document(Guess guess) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("class", guess.name);
    document.put("index", guess.index);
    document.put("probability", Output.number(guess.probability));
    return document;
  }
}
