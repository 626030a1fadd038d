package io.github.purenet.bench;

import io.github.purenet.bench.Engine.Model;
import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * The program of a JVM with one engine and one measurement: {@code Worker CONTENDER MEASUREMENT}.
 *
 * <p>It prints {@code @ready DESCRIPTION}, then answers each line {@code NANOSECONDS} of its input,
 * which asks for a block of calls of at least that duration, with {@code @block CALLS NANOSECONDS
 * VALUE}. The run of the book starts at once and ends with {@code @accuracy VALUE}.
 */
final class Worker {
  private Worker() {}

  public static void main(String[] args) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // an engine may print, too
    Measurement measurement = Measurement.of(args[1]);
    Engine engine = Contender.of(args[0]).engine();
    Architecture architecture = measurement.architecture();
    Architecture.Data data = architecture.data().get();
    String ready = "@ready " + engine.description() + ", Java " + Runtime.version();
    Model model = engine.create(architecture, data.train(), measurement.batch());

    if (measurement.task() == Measurement.Task.BOOK_RUN) {
      double accuracy = model.fit(data, Measurement.EPOCHS, measurement.batch());
      answers.println("@accuracy " + accuracy);
      answers.println(ready);
      return;
    }
    Call call =
        measurement.task() == Measurement.Task.TRAIN
            ? new TrainCall(model, data.train().size(), measurement.batch())
            : new InferCall(model, data.test(), measurement.batch());
    answers.println(ready);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      long atLeast = Long.parseLong(line);
      long calls = 0;
      double value;
      long start = System.nanoTime();
      long nanos;
      do {
        value = call.run();
        calls++;
        nanos = System.nanoTime() - start;
      } while (nanos < atLeast);
      answers.println("@block " + calls + " " + nanos + " " + value);
    }
    System.exit(0); // an engine may have left threads
  }

  private interface Call {
    /** Returns a number that depends on everything that was computed. */
    double run();
  }

  private static final class TrainCall implements Call {
    private final Model model;
    private final int batch;
    private final int[] order;
    private final Random random = new Random(1);
    private int next;

    TrainCall(Model model, int samples, int batch) {
      this.model = model;
      this.batch = batch;
      order = new int[samples];
      Arrays.setAll(order, i -> i);
      next = samples;
    }

    @Override
    public double run() {
      if (next + batch > order.length) {
        Engine.shuffle(order, random);
        next = 0;
      }
      next += batch;
      return model.train(order, next - batch, next);
    }
  }

  private static final class InferCall implements Call {
    private final Model model;
    private final int batch;
    private final float[][] inputs;
    private int next;

    InferCall(Model model, Dataset dataset, int batch) {
      this.model = model;
      this.batch = batch;
      Batch all = dataset.all();
      inputs = new float[dataset.size() / batch][];
      Arrays.setAll(inputs, i -> all.x().slice(i * batch, (i + 1) * batch).toArray());
    }

    @Override
    public double run() {
      next = next + 1 == inputs.length ? 0 : next + 1;
      return model.infer(inputs[next], batch)[0];
    }
  }
}
