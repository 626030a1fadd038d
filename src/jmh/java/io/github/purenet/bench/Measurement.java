package io.github.purenet.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A network and a task whose time is measured.
 *
 * @param name the name in options and results
 * @param architecture the network
 * @param task what the network does
 * @param batch the number of samples of one call
 */
record Measurement(String name, Architecture architecture, Task task, int batch) {

  /** The tasks of a network. */
  enum Task {
    /** One Adam step on a random batch, from gathering the samples to updating the parameters. */
    TRAIN,
    /** Inference, from the images in a {@code float[]} to the logits in a {@code float[]}. */
    INFER,
    /** The book's training run, from the start of the JVM to the last accuracy of 20 epochs. */
    BOOK_RUN
  }

  /** The number of epochs of {@link Task#BOOK_RUN}. */
  static final int EPOCHS = 20;

  /** Returns all measurements, in the order in which they are made. */
  static List<Measurement> all() {
    List<Measurement> all = new ArrayList<>();
    add(all, Architecture.SIMPLE, 100);
    add(all, Architecture.LENET, 100);
    add(all, Architecture.DEEP, 100);
    add(all, Architecture.ALEX, 16);
    all.add(new Measurement("book-run", Architecture.SIMPLE, Task.BOOK_RUN, 100));
    return all;
  }

  private static void add(List<Measurement> all, Architecture architecture, int batch) {
    String name = architecture.name();
    all.add(new Measurement(name + "-train-b" + batch, architecture, Task.TRAIN, batch));
    all.add(new Measurement(name + "-infer-b" + batch, architecture, Task.INFER, batch));
    all.add(new Measurement(name + "-infer-b1", architecture, Task.INFER, 1));
  }

  static Measurement of(String name) {
    return all().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        "measurement: expected one of %s, got %s",
                        all().stream().map(Measurement::name).toList(), name)));
  }
}
