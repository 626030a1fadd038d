package io.github.purenet.cli;

import io.github.purenet.data.Mnist;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names a data set. */
final class DataOptions {
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

  /** Reads the data set. */
  Images load() throws IOException {
    if (data.equals("sample")) {
      return Images.ofDigits(Mnist.sample());
    }
    return Images.ofDigits(Mnist.load(path(data)));
  }

  private static Path path(String directory) {
    try {
      return Path.of(directory);
    } catch (InvalidPathException e) {
      throw new WrongUse("--data: expected a directory, got " + directory);
    }
  }
}
