package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.model.AlexNet;
import io.github.purenet.model.DeepConvNet;
import io.github.purenet.model.LeNet;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Schedule;
import io.github.purenet.train.Ending;
import io.github.purenet.train.History;
import io.github.purenet.train.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code purenet train}, which trains a network on MNIST. */
@Command(
    name = "train",
    description = "Trains a network on MNIST.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "sample|DIR",
      defaultValue = "sample",
      description =
          "The embedded sample (5,000 training and 1,000 test images), or a directory with the four"
              + " files of MNIST.")
  private String data;

  @Option(
      names = "--network",
      defaultValue = "SimpleConvNet",
      description = "${COMPLETION-CANDIDATES}.")
  private Model model;

  @Option(
      names = "--limit",
      defaultValue = "2147483647",
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "The largest number of training images.")
  private int limit;

  @Option(
      names = "--enlarge",
      defaultValue = "1",
      description =
          "Enlarges every pixel to a square of this height and width; AlexNet needs 3 or more.")
  private int enlarge;

  @Option(
      names = "--dropout",
      defaultValue = "0.5",
      description = "Dropout probability of DeepConvNet and AlexNet.")
  private double dropout;

  @Option(names = "--epochs", defaultValue = "20", description = "Number of epochs.")
  private int epochs;

  @Option(names = "--batch-size", defaultValue = "100", description = "Images per step.")
  private int batchSize;

  @Option(names = "--learning-rate", defaultValue = "0.001", description = "Adam's learning rate.")
  private double learningRate;

  @Option(
      names = "--schedule",
      defaultValue = "constant",
      description =
          "${COMPLETION-CANDIDATES}: the learning rate is constant or falls to 0 along a cosine.")
  private Rate rate;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "Seed of the weights and of the order of the images.")
  private long seed;

  @Option(
      names = "--filters",
      defaultValue = "30",
      description = "Number of 5x5 filters of SimpleConvNet.")
  private int filters;

  @Option(
      names = "--hidden",
      defaultValue = "100",
      description = "Number of features of SimpleConvNet's hidden layer.")
  private int hidden;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Mnist mnist = data.equals("sample") ? Mnist.sample() : Mnist.load(path(data));
    Dataset train = mnist.train().head(limit).enlarge(enlarge);
    Dataset test = mnist.test().enlarge(enlarge);
    Network network = network(train.sampleShape());
    Trainer trainer =
        Trainer.builder(network)
            .optimizer(optimizer(train.size()))
            .epochs(epochs)
            .batchSize(batchSize)
            .seed(seed)
            .verbose(out::println)
            .build();
    out.printf(
        Locale.ROOT, "%s, %d training and %d test images%n", model, train.size(), test.size());
    History history = trainer.fit(train, test);
    if (history.ending() != Ending.COMPLETE) {
      return Main.INTERRUPTED;
    }
    out.printf(Locale.ROOT, "test %s %.4f%n", history.metric().name(), history.testMetric());
    return 0;
  }

  /** The values of {@code --schedule}. */
  private enum Rate {
    constant,
    cosine
  }

  private Adam optimizer(int samples) {
    if (rate == Rate.constant) {
      return new Adam(learningRate);
    }
    return new Adam(Schedule.cosine(learningRate, 0, steps(epochs, samples, batchSize)));
  }

  /**
   * Returns the number of steps of a training run, at least 1; the last batch of an epoch may be
   * smaller than the others.
   */
  static long steps(int epochs, int samples, int batchSize) {
    int batch = Math.max(1, batchSize); // the trainer reports a bad one
    return Math.max(1, (long) epochs * ((samples - 1) / batch + 1));
  }

  /** The values of {@code --network}. */
  private enum Model {
    SimpleConvNet,
    LeNet,
    DeepConvNet,
    AlexNet
  }

  private Network network(Shape image) {
    return switch (model) {
      case LeNet -> LeNet.of(image, 10, seed);
      case DeepConvNet -> DeepConvNet.of(image, 10, dropout, seed);
      case AlexNet -> AlexNet.of(image, 10, dropout, seed);
      case SimpleConvNet ->
          SimpleConvNet.builder().input(image).filters(filters).hidden(hidden).seed(seed).build();
    };
  }

  private static Path path(String directory) {
    try {
      return Path.of(directory);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--data: expected a directory, got " + directory, e);
    }
  }
}
