package io.github.purenet.cli;

import io.github.purenet.image.Fit;
import io.github.purenet.image.Images;
import picocli.CommandLine.Option;

/** The option that says how pictures are brought to the size that a network expects. */
final class FitOption {
  /** The values of {@code --fit}. */
  private enum Way {
    stretch(Fit.STRETCH),
    crop(Fit.CROP),
    pad(Fit.PAD);

    private final Fit fit;

    Way(Fit fit) {
      this.fit = fit;
    }
  }

  @Option(
      names = "--fit",
      paramLabel = "FIT",
      defaultValue = "stretch",
      description =
          "${COMPLETION-CANDIDATES}: a picture of other proportions is stretched, loses two sides or"
              + " gets two black ones (default: ${DEFAULT-VALUE}).")
  private Way way;

  /** Returns a reader that does so. */
  Images of(Images reader) {
    return reader.fit(way.fit);
  }
}
