package io.github.purenet.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Something whose time is taken.
 *
 * @param name as in options and result lines
 * @param architecture the network
 * @param task what it does
 * @param batch samples of one call
 */
record Measurement(String name, Architecture architecture, Task task, int batch) {

  /** What a network can do. */
  enum Task {
    /** One Adam step on a random batch, from gathering the samples to the changed parameters. */
    TRAIN,
    /** From the numbers of the images in a {@code float[]} to a {@code float[]} of logits. */
    INFER,
    /** From the start of the JVM to the last accuracy of 20 epochs. */
    BOOK_RUN
  }

  /** Epochs of {@link Task#BOOK_RUN}. */
  static final int EPOCHS = 20;

  /** All of them, in the order in which they are taken. */
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
                    "measurement: expected one of "
                        + all().stream().map(Measurement::name).toList()
                        + ", got "
                        + name));
  }
}
