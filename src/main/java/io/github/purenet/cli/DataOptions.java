package io.github.purenet.cli;

import io.github.purenet.data.Cifar10;
import io.github.purenet.data.FashionMnist;
import io.github.purenet.data.Mnist;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The option that names a data set. */
final class DataOptions {
  private static final String CIFAR = "cifar10:";

  /** What the shell offers; it offers directories in any case. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(List.of("sample", "mnist", "fashion", "cifar10:"));
    }
  }

  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = "sample",
      completionCandidates = Names.class,
      description =
          "sample: 5,000 and 1,000 digits of MNIST, inside the jar; mnist or fashion: downloaded"
              + " once; cifar10:DIR: the binary files of CIFAR-10; DIR: the four files of MNIST or"
              + " of a data set in its form, or a folder of images for each class, perhaps in"
              + " DIR/train and DIR/test (default: ${DEFAULT-VALUE}).")
  private String data;

  /** Reads the data set, after downloading it if need be. */
  Images load(Output output) throws IOException {
    if (data.startsWith(CIFAR)) {
      Cifar10 cifar = Cifar10.load(path(data.substring(CIFAR.length())));
      return new Images(cifar.train(), cifar.test(), cifar.classNames());
    }
    return switch (data) {
      case "sample" -> Images.ofDigits(Mnist.sample());
      case "mnist" -> {
        Path directory = Mnist.cacheDirectory();
        yield Images.ofDigits(Mnist.download(directory, bar(output, directory)));
      }
      case "fashion" -> {
        Path directory = FashionMnist.cacheDirectory();
        Mnist fashion = FashionMnist.download(directory, bar(output, directory));
        yield new Images(fashion.train(), fashion.test(), FashionMnist.CLASS_NAMES);
      }
      default -> read(path(data));
    };
  }

  /** Returns what shows a download on a terminal. */
  private static Consumer<String> bar(Output output, Path directory) {
    output.detail("files in " + directory);
    return output.terminal().<Consumer<String>>map(out -> out::print).orElse(text -> {});
  }

  private static Images read(Path directory) throws IOException {
    return Images.ofDigits(Mnist.load(directory));
  }

  private static Path path(String directory) {
    try {
      return Path.of(directory);
    } catch (InvalidPathException e) {
      throw new WrongUse("--data: expected a directory, got " + directory);
    }
  }
}
