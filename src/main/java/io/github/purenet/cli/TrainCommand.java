package io.github.purenet.cli;

import io.github.purenet.data.Dataset;
import io.github.purenet.nn.Network;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.Evaluation;
import io.github.purenet.train.History;
import io.github.purenet.train.Trainer;
import java.io.IOException;
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

  @Mixin(name = "Output")
  private Output output;

  @Override
  public Integer call() throws IOException {
    files.check();
    Augment augment = WrongUse.unless(training::augment);
    Images images = parts(data.load());
    Network network =
        WrongUse.unless(
            () ->
                choice.build(
                    choice.named,
                    images.train().sampleShape(),
                    images.classNames().size(),
                    training.seed()));
    network.setClassNames(images.classNames());
    if (training.normalize()) {
      network.setNormalization(Statistics.of(images.train()));
    }
    Trainer trainer = WrongUse.unless(() -> trainer(network, images.train().size()));
    output.note(choice.named + ", " + images.counts());
    History history =
        trainer.fit(
            learned(images.train(), augment, network), normalized(images.validation(), network));
    return finish(network, history, normalized(images.test(), network));
  }

  /** Returns the images in the number and size, and the parts, that are wanted. */
  private Images parts(Images images) {
    Images all = WrongUse.unless(() -> images.enlarge(training.enlarge()));
    Images limited = WrongUse.unless(() -> all.limit(training.limit()));
    return training.validation() == null
        ? limited
        : limited.holdBack(training.validation(), training.seed());
  }

  private Trainer trainer(Network network, int samples) {
    int epochs = training.epochs();
    int batchSize = training.batchSize();
    Trainer.Builder builder =
        Trainer.builder(network).epochs(epochs).batchSize(batchSize).seed(training.seed());
    builder.optimizer(optimizer.optimizer(epochs, stepsPerEpoch(samples, batchSize)));
    return builder.verbose(output::note).build();
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
    return network.normalization().map(by -> Images.normalize(images, by)).orElse(images);
  }

  /** Saves the network and prints what has become of it. */
  private int finish(Network network, History history, Dataset test) throws IOException {
    network.save(files.output());
    boolean interrupted = history.wasInterrupted();
    double accuracy =
        interrupted
            ? Double.NaN
            : training.validation() == null
                ? history.testMetric()
                : Evaluation.metric(history.metric(), network, test, training.batchSize());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("network", choice.named.name());
    document.put("output", files.output().toString());
    document.put("interrupted", interrupted);
    document.put("metric", history.metric().name());
    document.put("test", Output.number(accuracy));
    document.put("epochs", history.epochs().stream().map(TrainCommand::document).toList());
    output.result(
        interrupted
            ? ""
            : String.format(Locale.ROOT, "test %s %.4f", history.metric().name(), accuracy),
        document);
    output.note("saved " + files.output());
    return interrupted ? Main.INTERRUPTED : Main.DONE;
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
  static final class NetworkChoice extends NetworkOptions {
    @Option(
        names = "--network",
        order = -2, // before what is set for it
        paramLabel = "NAME",
        defaultValue = "SimpleConvNet",
        description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private NamedNetwork named;
  }
}
