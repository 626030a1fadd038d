package io.github.purenet.cli;

import io.github.purenet.ndarray.Shape;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what is learned from, how often and how long. */
final class TrainingOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "How often every image is seen (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "100",
      description = "Images of one step (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Seed of the weights, the order of the images and their changes"
              + " (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "2147483647",
      description = "The largest number of training images (default: all).")
  private int limit;

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      defaultValue = "3x32x32",
      converter = ShapeConverter.class,
      description =
          "The shape that the pictures of a folder get, in color or, with 1 or no channel, in gray"
              + " (default: ${DEFAULT-VALUE}).")
  private Shape input;

  @Option(
      names = "--enlarge",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Makes every pixel a square of this height and width; AlexNet needs 3 or more for MNIST"
              + " (default: ${DEFAULT-VALUE}).")
  private int enlarge;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Holds back this share of the training images and looks at them after each epoch, instead"
              + " of at the test images.")
  private Double validation;

  @Option(
      names = "--patience",
      paramLabel = "EPOCHS",
      description =
          "Ends the training when so many epochs in a row were no better than the best one, whose"
              + " parameters are kept.")
  private Integer patience;

  @Option(
      names = "--augment",
      paramLabel = "CHANGE",
      split = ",",
      description =
          "Changes the training images at random in each epoch: shift=PIXELS, rotate=DEGREES,"
              + " zoom=SHARE, elastic=ALPHA:SIGMA, flip, crop=PIXELS, brightness=B, contrast=SHARE,"
              + " cutout=PIXELS, mixup=ALPHA, separated by commas.")
  private List<String> augment = List.of();

  @Option(
      names = "--normalize",
      description =
          "Gives the channels of the training images mean 0 and deviation 1; the model file keeps"
              + " by what.")
  private boolean normalize;

  int epochs() {
    return epochs;
  }

  int batchSize() {
    return batchSize;
  }

  long seed() {
    return seed;
  }

  int limit() {
    return limit;
  }

  /** Returns the shape (C, H, W) of the pictures of a folder. */
  Shape input() {
    return input;
  }

  int enlarge() {
    return enlarge;
  }

  /** Returns the share of the training images that is held back, or null for none. */
  Double validation() {
    return validation;
  }

  /** Returns after how many epochs without a gain training ends, or null for never. */
  Integer patience() {
    return patience;
  }

  Augment augment() {
    return new Augment(augment);
  }

  /** Returns what {@code --augment} says. */
  String augmentation() {
    return augment.isEmpty() ? "none" : String.join(", ", augment);
  }

  boolean normalize() {
    return normalize;
  }
}
