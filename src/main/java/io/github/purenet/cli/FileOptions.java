package io.github.purenet.cli;

import io.github.purenet.train.Checkpoints;
import io.github.purenet.train.CsvLog;
import io.github.purenet.train.Listener;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which files a training writes and goes on from. */
final class FileOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "model.safetensors",
      description =
          "The file of the trained network, which is replaced (default: ${DEFAULT-VALUE}).")
  private Path output;

  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      description =
          "Writes last.safetensors, from which --resume goes on, and best.safetensors into this"
              + " directory, which is made if need be.")
  private Path checkpoints;

  @Option(
      names = "--checkpoint-epochs",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "After how many epochs there is a checkpoint (default: ${DEFAULT-VALUE}). There is one at"
              + " the end in any case, also after Ctrl-C.")
  private int checkpointEpochs;

  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "M",
      description = "Within epochs, too, after so many minutes, which may be a fraction.")
  private Double checkpointMinutes;

  @Option(
      names = "--resume",
      description =
          "Goes on from the last checkpoint in --checkpoints, as if there had been no interruption;"
              + " all other options must be as they were. Without a checkpoint, begins.")
  private boolean resume;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "A CSV file for loss, accuracies and learning rate of each epoch.")
  private Path log;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Writes report.html into this directory when training ends: a page with the curves, the"
              + " mistakes and the inside of the network.")
  private Path report;

  @Option(
      names = "--before",
      paramLabel = "FILE",
      description =
          "The file of the network before its training, for the filters before and after in"
              + " purenet report.")
  private Path before;

  Path output() {
    return output;
  }

  /** Returns the file of the network before its training, or null for none. */
  Path before() {
    return before;
  }

  /** Returns the directory for the report, or null for none. */
  Path report() {
    return report;
  }

  /** Returns the directory to resume from, or null to begin. */
  Path resumed() {
    boolean there = resume && Files.exists(checkpoints.resolve("last.safetensors"));
    return there ? checkpoints : null;
  }

  /** Returns the listeners that write what is wanted. */
  List<Listener> listeners() {
    List<Listener> listeners = new ArrayList<>();
    if (log != null) {
      listeners.add(new CsvLog(log));
    }
    if (checkpoints != null) {
      Checkpoints writer = new Checkpoints(checkpoints).everyEpochs(checkpointEpochs);
      listeners.add(checkpointMinutes == null ? writer : writer.every(minutes()));
    }
    return listeners;
  }

  private Duration minutes() {
    double minutes = checkpointMinutes;
    if (!(minutes > 0 && minutes < 1e9)) {
      throw new WrongUse("--checkpoint-minutes: expected a time above 0, got " + minutes);
    }
    return Duration.ofMillis(Math.max(1, Math.round(minutes * 60_000)));
  }

  /** Checks the options before a training that would be in vain. */
  void check() throws IOException {
    if (resume && checkpoints == null) {
      throw new WrongUse("--resume: expected --checkpoints with the directory to go on from");
    }
    check(output);
    if (before != null) {
      check(before);
    }
  }

  private static void check(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file to write, got a directory");
    }
    if (!Files.exists(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    if (!Files.isWritable(directory)) {
      throw new AccessDeniedException(directory.toString());
    }
  }
}
