package io.github.purenet.cli;

import io.github.purenet.PureNet;
import io.github.purenet.data.Dataset;
import io.github.purenet.kernel.Kernels;
import io.github.purenet.nn.Network;
import io.github.purenet.report.ReportListener;
import io.github.purenet.train.EarlyStopping;
import io.github.purenet.train.Ending;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.Evaluation;
import io.github.purenet.train.History;
import io.github.purenet.train.Listener;
import io.github.purenet.train.Progress;
import io.github.purenet.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code purenet train}, which trains a network on images and writes its file. */
@Command(
    name = "train",
    description = "Trains a network on images, and writes the file of the trained network.",
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet train --epochs 5",
      "  purenet train --data mnist --network DeepConvNet --schedule cosine \\",
      "      --augment shift=2,rotate=10,zoom=0.1 --output digits.safetensors",
      "  purenet train --data photos --optimizer adamw --weight-decay 0.01 --normalize",
      "  purenet train --data mnist --checkpoints run --resume",
      "  purenet train --network DeepConvNet --serve",
      ""
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin(name = "Data")
  private DataOptions data;

  @Mixin(name = "Training")
  private TrainingOptions training;

  @Mixin(name = "Optimizer")
  private OptimizerOptions optimizer;

  @Mixin(name = "Network")
  private NetworkChoice choice;

  @Mixin(name = "Files")
  private FileOptions files;

  @Mixin(name = "Page")
  private TrainingPage page;

  @Mixin(name = "Output")
  private Output output;

  /** What ends the training early, or null. */
  private EarlyStopping patience;

  @Override
  public Integer call() throws IOException {
    files.check();
    Augment augment = WrongUse.unless(training::augment);
    ImageData images = parts(data.load(output, training.input(), true));
    Network network =
        WrongUse.unless(
            () ->
                choice.settings.build(
                    choice.named,
                    images.train().sampleShape(),
                    images.classNames().size(),
                    training.seed()));
    network.setClassNames(images.classNames());
    if (training.normalize()) {
      network.setNormalization(Statistics.of(images.train()));
    }
    Trainer trainer = WrongUse.unless(() -> trainer(network, images));
    output.note(choice.named + ", " + images.counts());
    output.detail(network.summary().stripTrailing());
    output.detail(
        String.format(
            Locale.ROOT,
            "%s, %s, %d threads",
            PureNet.backend(),
            Kernels.reason(),
            PureNet.threads()));
    Dataset learned = learned(images.train(), augment, network);
    Dataset seen = normalized(images.validation(), network);
    if (files.before() != null) {
      network.save(files.before());
    }
    page.open(images.test(), output);
    try {
      return code(run(trainer, learned, seen));
    } finally {
      page.close("failed", Double.NaN, null); // unless it has ended in order
    }
  }

  private History run(Trainer trainer, Dataset learned, Dataset seen) throws IOException {
    Path checkpoint = files.resumed();
    if (checkpoint == null) {
      return trainer.fit(learned, seen);
    }
    output.note("resumed from " + checkpoint);
    return trainer.resume(checkpoint, learned, seen);
  }

  /** Returns the images in the number and size, and the parts, that are wanted. */
  private ImageData parts(ImageData images) {
    ImageData all = WrongUse.unless(() -> images.enlarge(training.enlarge()));
    ImageData limited = WrongUse.unless(() -> all.limit(training.limit()));
    return training.validation() == null
        ? limited
        : limited.holdBack(training.validation(), training.seed());
  }

  private Trainer trainer(Network network, ImageData images) {
    int epochs = training.epochs();
    Trainer.Builder builder =
        Trainer.builder(network)
            .epochs(epochs)
            .batchSize(training.batchSize())
            .seed(training.seed())
            .stopOnShutdown();
    long steps = stepsPerEpoch(images.train().size(), training.batchSize());
    builder.optimizer(optimizer.optimizer(epochs, steps));
    output
        .terminal()
        .ifPresentOrElse(
            terminal -> builder.listener(new Progress(terminal, true)),
            () -> builder.verbose(output::note));
    files.listeners().forEach(builder::listener);
    if (training.patience() != null) {
      patience = new EarlyStopping(training.patience());
      builder.listener(patience);
    }
    builder.listener(new Save(network)); // has what patience gives back
    if (files.report() != null) {
      builder.listener(report(network, images));
    }
    page.listeners(network).forEach(builder::listener); // sees what patience gives back
    return builder.listener(new Finish(network, normalized(images.test(), network))).build();
  }

  private Listener report(Network network, ImageData images) {
    return new ReportListener(files.report(), normalized(images.test(), network))
        .name(ReportCommand.title(files.output().getFileName()))
        .setting("data", data.name() + ", " + images.counts())
        .setting("seed", String.valueOf(training.seed()))
        .setting("augmentation", training.augmentation());
  }

  /** Returns the number of steps of an epoch; its last batch may be smaller than the others. */
  static long stepsPerEpoch(int samples, int batchSize) {
    return Math.max(1, (samples - 1) / batchSize + 1);
  }

  /** Returns the training images as the network sees them, in each epoch in another way. */
  private Dataset learned(Dataset images, Augment augment, Network network) {
    Dataset changed = WrongUse.unless(() -> augment.images(images, training.seed()));
    return augment.mixed(
        normalized(changed, network), network.classNames().size(), training.seed());
  }

  private static Dataset normalized(Dataset images, Network network) {
    return network.normalization().map(by -> ImageData.normalize(images, by)).orElse(images);
  }

  /**
   * Saves the network when training ends, before anything else that may fail then. This is done by
   * a listener, since a shutdown, as by Ctrl-C, waits for these alone.
   */
  private final class Save implements Listener {
    private final Network network;

    Save(Network network) {
      this.network = network;
    }

    @Override
    public void epochEnded(Epoch epoch) {}

    @Override
    public void trainingEnded(History history) {
      try {
        network.save(files.output());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Prints what has become of the network when training ends. */
  private final class Finish implements Listener {
    private final Network network;
    private final Dataset test;

    Finish(Network network, Dataset test) {
      this.network = network;
      this.test = test;
    }

    @Override
    public void epochEnded(Epoch epoch) {}

    @Override
    public void trainingEnded(History history) {
      double tested = test(history);
      print(history, tested);
      output.note("saved " + files.output());
      String ending = isInterrupted(history) ? history.ending().name() : Ending.COMPLETE.name();
      page.close(ending, tested, files.output());
    }

    private double test(History history) {
      return isInterrupted(history) || training.validation() == null
          ? history.testMetric()
          : Evaluation.metric(history.metric(), network, test, training.batchSize());
    }
  }

  private void print(History history, double test) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("network", choice.named.name());
    document.put("output", files.output().toString());
    document.put("interrupted", isInterrupted(history));
    document.put("metric", history.metric().name());
    document.put("test", Output.number(test));
    document.put("epochs", history.epochs().stream().map(TrainCommand::document).toList());
    String line =
        Double.isNaN(test)
            ? ""
            : String.format(Locale.ROOT, "test %s %.4f", history.metric().name(), test);
    output.result(line, document);
  }

  private int code(History history) {
    return isInterrupted(history) ? Main.INTERRUPTED : Main.DONE;
  }

  /** Returns whether a run was ended from outside, and not by its patience. */
  private boolean isInterrupted(History history) {
    return history.ending() == Ending.INTERRUPTED
        || (history.ending() == Ending.STOPPED && !(patience != null && patience.hasStopped()));
  }

  private static Map<String, Object> document(Epoch epoch) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("epoch", epoch.number());
    document.put("loss", Output.number(epoch.loss()));
    document.put("train", Output.number(epoch.trainMetric()));
    document.put("test", Output.number(epoch.testMetric()));
    document.put("seconds", Output.number(epoch.seconds()));
    return document;
  }

  /** The option {@code --network}, with the settings of the networks. */
  static final class NetworkChoice {
    @Option(
        names = "--network",
        paramLabel = "NETWORK",
        defaultValue = "SimpleConvNet",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private NamedNetwork named;

    @Mixin private NetworkOptions settings;
  }
}
