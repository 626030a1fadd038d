package io.github.purenet.cli;

import io.github.purenet.plot.Chapter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code purenet chapter}, which draws the figures of the book's chapter. */
@Command(
    name = "chapter",
    description = {
      "Draws the figures of Chapter 7 of Deep Learning from Scratch: what the layers compute, and"
          + " what networks learn from the digits in the jar.",
      "It trains SimpleConvNet and DeepConvNet, which takes a minute or two."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  purenet chapter --out chapter",
      "  purenet chapter --out chapter --epochs 3 --deep-epochs 2",
      ""
    })
final class ChapterCommand implements Callable<Integer> {
  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "The directory to write to; the page is DIR/index.html.")
  private Path directory;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Epochs of SimpleConvNet (default: ${DEFAULT-VALUE}, as in the book).")
  private int epochs;

  @Option(
      names = "--deep-epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Epochs of DeepConvNet (default: ${DEFAULT-VALUE}).")
  private int deepEpochs;

  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    Path page =
        WrongUse.unless(() -> new Chapter(epochs, deepEpochs, output::note)).write(directory);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("page", page.toString());
    output.result(page + ": the figures of the chapter", document);
    return Main.DONE;
  }
}
