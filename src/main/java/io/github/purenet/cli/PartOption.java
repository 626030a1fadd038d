package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The option that says by which images of a data set a network is judged. */
final class PartOption {
  /** The values of {@code --part}. */
  private enum Part {
    test,
    train
  }

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "test",
      description =
          "${COMPLETION-CANDIDATES}: the images to evaluate on (default: ${DEFAULT-VALUE}).")
  private Part part;

  Dataset of(ImageData images) {
    return part == Part.test ? images.test() : images.train();
  }

  /** Returns for example {@code 1,000 test images}. */
  String words(ImageData images) {
    return String.format(Locale.ROOT, "%,d %s images", of(images).size(), part);
  }
}
