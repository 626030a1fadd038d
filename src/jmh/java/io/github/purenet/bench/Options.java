package io.github.purenet.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The options of {@link Peers}.
 *
 * @param measurements the measurements to make
 * @param contenders the engines that take part
 * @param threads the number of threads of each engine
 * @param java the java executable of the children
 * @param blocks the number of blocks of each measurement
 * @param blockMillis the shortest duration of a block, in milliseconds
 * @param warmUpMillis the time that a child runs before its first block, in milliseconds
 * @param patienceMillis the time that a measurement may wait for a quiet machine, in milliseconds
 * @param bookRuns the number of repetitions of the run of the book
 * @param dl4jBookRuns the same for Deeplearning4j
 * @param json the file of the results
 * @param folder the folder of the children's logs and of unpacked native libraries
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
