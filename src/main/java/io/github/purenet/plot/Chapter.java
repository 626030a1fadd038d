package io.github.purenet.plot;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.html.PageDirectory;
import io.github.purenet.io.AtomicFile;
import io.github.purenet.model.DeepConvNet;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Network;
import io.github.purenet.train.History;
import io.github.purenet.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The figures of Chapter 7 of <i>Deep Learning from Scratch</i> (Saitoh) that a computer can draw:
 * what the layers compute, the networks, and what they learn from the digits in the jar.
 */
public final class Chapter {
  private static final long SEED = 1;
  private static final int BATCH = 100;

  /** As many samples as the book judges by after each epoch. */
  private static final int EVALUATED = 1_000;

  private final Dataset train;
  private final Dataset test;
  private final int epochs;
  private final int deepEpochs;
  private final Consumer<String> progress;

  /**
   * Creates the chapter.
   *
   * @param epochs the number of epochs for which {@link SimpleConvNet} is trained, at least 1; 20
   *     in the book
   * @param deepEpochs the number of epochs for which {@link DeepConvNet} is trained, at least 1
   * @param progress is told what is being done, a line at a time
   * @throws IllegalArgumentException if there is not one epoch of each
   */
  public Chapter(int epochs, int deepEpochs, Consumer<String> progress) {
    this(Mnist.sample().train(), Mnist.sample().test(), epochs, deepEpochs, progress);
  }

  /** Creates the chapter with other digits. */
  Chapter(Dataset train, Dataset test, int epochs, int deepEpochs, Consumer<String> progress) {
    if (Math.min(epochs, deepEpochs) < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "chapter: expected at least one epoch of each network, got %d and %d",
              epochs,
              deepEpochs));
    }
    this.train = train;
    this.test = test;
    this.epochs = epochs;
    this.deepEpochs = deepEpochs;
    this.progress = progress;
  }

  /**
   * Trains the networks and writes a page, {@code index.html}, and its figures, {@code NAME.svg}
   * and {@code NAME-dark.svg}.
   *
   * @param directory where to; created if it does not exist
   * @return the page
   * @throws IOException if it cannot be written; the message names the file or directory, which is
   *     checked before the training
   * @throws IllegalStateException if XChart or Batik is not on the class path; the message says
   *     what to add
   */
  public Path write(Path directory) throws IOException {
    XChart.require();
    PageDirectory.prepare(directory, "chapter");
    List<ChapterFigure> figures = new ArrayList<>();
    figures.addAll(drawn(ChapterSketches.layers(), directory)); // before the training: what lacks?
    figures.addAll(drawn(learned(), directory));
    figures.addAll(drawn(ChapterSketches.famous(), directory));
    Path page = directory.resolve("index.html");
    byte[] html = ChapterPage.html(figures).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(page, out -> out.write(html));
    return page;
  }

  private static List<ChapterFigure> drawn(List<ChapterFigure> figures, Path directory)
      throws IOException {
    for (ChapterFigure figure : figures) {
      figure.drawing().apply(Theme.LIGHT).writeSvg(directory.resolve(figure.light()));
      figure.drawing().apply(Theme.DARK).writeSvg(directory.resolve(figure.dark()));
    }
    return figures;
  }

  private List<ChapterFigure> learned() {
    Network simple = SimpleConvNet.of(SEED);
    NDArray before = simple.parameter("W1").value().copy();
    History history = fit("SimpleConvNet", simple, epochs);
    Network deep = DeepConvNet.of(SEED);
    fit("DeepConvNet", deep, deepEpochs);
    return new ChapterResults(simple, before, history, deep, test).figures();
  }

  private History fit(String name, Network network, int count) {
    return Trainer.builder(network)
        .epochs(count)
        .batchSize(BATCH)
        .seed(SEED)
        .evaluationSamples(EVALUATED)
        .verbose(line -> progress.accept(name + ": " + line))
        .build()
        .fit(train, test);
  }
}
