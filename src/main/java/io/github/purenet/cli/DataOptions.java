package io.github.purenet.cli;

import io.github.purenet.data.Cifar10;
import io.github.purenet.data.FashionMnist;
import io.github.purenet.data.Mnist;
import io.github.purenet.image.Images;
import io.github.purenet.ndarray.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that name a data set. */
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
              + " of a data set in its form, or a folder of pictures for each class, perhaps in"
              + " DIR/train and DIR/test (default: ${DEFAULT-VALUE}).")
  private String data;

  @Mixin private FitOption fit;

  @Option(
      names = "--skip-damaged",
      description = "Leaves out the pictures of a folder that cannot be read.")
  private boolean skipDamaged;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Returns the name of the data set, as it was said. */
  String name() {
    return data;
  }

  /** Returns whether a data set was named, or else it is the default. */
  boolean isGiven() {
    return command.commandLine().getParseResult().hasMatchedOption("--data");
  }

  /**
   * Reads the data set, after downloading it if need be.
   *
   * @param shape the shape (C, H, W) of the pictures of a folder
   * @param split whether a folder that has no test pictures is split in two, or else is whole both
   *     what is learned and what is tested
   */
  ImageData load(Output output, Shape shape, boolean split) throws IOException {
    if (data.startsWith(CIFAR)) {
      Cifar10 cifar = Cifar10.load(path(data.substring(CIFAR.length())));
      return new ImageData(cifar.train(), cifar.test(), cifar.classNames());
    }
    return switch (data) {
      case "sample" -> ImageData.ofDigits(Mnist.sample());
      case "mnist" -> {
        Path directory = Mnist.cacheDirectory();
        yield ImageData.ofDigits(Mnist.download(directory, bar(output, directory)));
      }
      case "fashion" -> {
        Path directory = FashionMnist.cacheDirectory();
        Mnist fashion = FashionMnist.download(directory, bar(output, directory));
        yield new ImageData(fashion.train(), fashion.test(), FashionMnist.CLASS_NAMES);
      }
      default -> read(output, shape, split);
    };
  }

  /** Returns what shows a download on a terminal. */
  private static Consumer<String> bar(Output output, Path directory) {
    output.detail("files in " + directory);
    return output.terminal().<Consumer<String>>map(out -> out::print).orElse(text -> {});
  }

  private ImageData read(Output output, Shape shape, boolean split) throws IOException {
    Path directory = path(data);
    if (!Files.isDirectory(directory)) {
      throw new IOException(
          data + ": expected sample, mnist, fashion, cifar10:DIR or a directory, got none of them");
    }
    if (isMnist(directory)) {
      return ImageData.ofDigits(Mnist.load(directory));
    }
    Images reader = fit.of(WrongUse.unless(() -> Images.of(shape)));
    return new PictureFolders(reader, skipDamaged, output).read(directory, split);
  }

  /** Returns whether a directory has files of MNIST, or else no folders either. */
  private static boolean isMnist(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      return all.stream().anyMatch(file -> file.getFileName().toString().startsWith("train-images"))
          || all.stream().noneMatch(Files::isDirectory);
    }
  }

  private static Path path(String directory) {
    try {
      return Path.of(directory);
    } catch (InvalidPathException e) {
      throw new WrongUse("--data: expected a directory, got " + directory);
    }
  }
}
