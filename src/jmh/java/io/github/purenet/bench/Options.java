package io.github.purenet.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The options of {@link Peers}.
 *
 * @param measurements what to measure
 * @param contenders who takes part
 * @param threads threads of each engine
 * @param java the executable of the children
 * @param blocks blocks of each measurement
 * @param blockMillis the least length of a block
 * @param warmUpMillis how long a child runs before its first block
 * @param patienceMillis how long a measurement may wait for a quiet machine
 * @param bookRuns repetitions of the run of the book
 * @param dl4jBookRuns the same for Deeplearning4j
 * @param json where the results go
 * @param folder logs of the children and unpacked native libraries
 */
record Options(
    List<Measurement> measurements,
    List<Contender> contenders,
    int threads,
    String java,
    int blocks,
    long blockMillis,
    long warmUpMillis,
    long patienceMillis,
    int bookRuns,
    int dl4jBookRuns,
    Path json,
    Path folder) {

  static Options parse(String... args) {
    Arguments words = new Arguments(args);
    String all = Measurement.all().stream().map(Measurement::name).collect(Collectors.joining(","));
    Options options =
        new Options(
            words.list("measurements", all).stream().map(Measurement::of).toList(),
            words.list("engines", "vector,scalar,pytorch,dl4j").stream()
                .map(Contender::of)
                .toList(),
            words.number("threads", 2),
            words.java(),
            words.number("blocks", 9),
            words.number("block-millis", 500),
            words.number("warm-up-millis", 4000),
            words.number("patience-millis", 60_000),
            words.number("book-runs", 3),
            words.number("dl4j-book-runs", 0),
            Path.of(words.text("json", "target/peers.json")),
            Path.of(words.text("folder", "target/peers")));
    words.requireAllTaken();
    return options;
  }
}
