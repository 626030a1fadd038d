package io.github.purenet.plot;

import static io.github.purenet.nn.Layers.affine;

import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Metric;
import io.github.purenet.nn.Network;
import io.github.purenet.train.Calibration;
import io.github.purenet.train.ClassificationReport;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.Evaluation;
import io.github.purenet.train.Step;
import io.github.purenet.train.TrainingRecord;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Numbers such as training gives them, made by formulas, and the charts of them. */
final class Charts {
  static final List<String> CLOTHES =
      List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Ankle boot");

  private Charts() {}

  /** Returns a run of ten steps an epoch. */
  static Run run(int epochs, long seed) {
    TrainingRecord record = new TrainingRecord();
    Random random = new Random(seed);
    for (int e = 1; e <= epochs; e++) {
      for (int s = 1; s <= 10; s++) {
        int step = 10 * (e - 1) + s;
        double loss = (2.2 * Math.exp(-0.03 * step) + 0.1) * (0.8 + 0.4 * random.nextDouble());
        double rate = 0.001 * (1 + Math.cos(Math.PI * step / (10 * epochs)));
        record.stepEnded(new Step(e, s, 10, 100, loss, rate));
      }
      double train = 0.98 - 0.85 * Math.exp(-0.4 * e) + 0.01 * random.nextGaussian();
      double test = 0.93 - 0.8 * Math.exp(-0.4 * e) + 0.01 * random.nextGaussian();
      record.epochEnded(epoch(e, 0.5 / e, Metric.accuracy(), train, test));
    }
    return Run.of(record);
  }

  static Epoch epoch(int number, double loss, Metric metric, double train, double test) {
    return new Epoch(number, number, loss, metric, train, test, 0.01, 1);
  }

  /** Returns the report of a classifier that is right with a probability, or says any class. */
  static ClassificationReport report(int classes, int samples, double right) {
    Network copying = Network.of(Shape.of(classes), 1, affine(classes));
    copying.parameter("affine1.W").value().fill(0);
    IntStream.range(0, classes).forEach(i -> copying.parameter("affine1.W").value().set(1f, i, i));
    Random random = new Random(5);
    NDArray x = NDArray.zeros(samples, classes);
    NDArray t = NDArray.zeros(samples);
    for (int i = 0; i < samples; i++) {
      int label = i % classes;
      t.set(label, i);
      x.set(1f, i, random.nextDouble() < right ? label : random.nextInt(classes));
    }
    return Evaluation.report(copying, Dataset.of(x, t), samples);
  }

  /** Returns the calibration of a classifier of two classes that is surer than it may be. */
  static Calibration calibration() {
    Random random = new Random(6);
    int n = 2000;
    NDArray p = NDArray.zeros(n, 2);
    NDArray t = NDArray.zeros(n);
    for (int i = 0; i < n; i++) {
      double sure = 1 - 0.5 * Math.pow(random.nextDouble(), 2);
      p.set((float) sure, i, 0);
      p.set(1 - p.get(i, 0), i, 1);
      t.set(random.nextDouble() < sure - 0.3 * (sure - 0.5) ? 0f : 1f, i);
    }
    return Calibration.of(p, t, 10);
  }

  /** Returns a scatter of clouds around a circle. */
  static Figure scatter(int samples, int classes, Theme theme) {
    Random random = new Random(7);
    NDArray points = NDArray.normal(Shape.of(samples, 2), 0f, 0.5f, random);
    NDArray labels = NDArray.zeros(samples);
    for (int i = 0; i < samples; i++) {
      double angle = 2 * Math.PI * (i % classes) / classes;
      labels.set(i % classes, i);
      points.set(points.get(i, 0) + 3 * (float) Math.cos(angle), i, 0);
      points.set(points.get(i, 1) + 2 * (float) Math.sin(angle), i, 1);
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return Scatter.of("Last hidden layer", points, labels, names, theme);
  }

  /** Returns one of each chart, by its name. */
  static Map<String, Figure> all(Theme theme) {
    LearningCurves one = new LearningCurves(theme).add("", run(20, 1));
    LearningCurves seeds =
        new LearningCurves(theme)
            .add("Adam", List.of(run(20, 1), run(20, 2), run(18, 3)))
            .add("SGD", List.of(run(10, 4), run(10, 5)));
    Map<String, Figure> all = new TreeMap<>();
    all.put("accuracy", one.metric());
    all.put("loss", one.loss());
    all.put("rate", one.learningRate());
    all.put("seeds-accuracy", seeds.metric());
    all.put("seeds-loss", seeds.spread(Spread.STANDARD_DEVIATION).loss());
    all.put("confusion", ConfusionMatrix.of(report(7, 900, 0.8).withClassNames(CLOTHES), theme));
    all.put("bars", ClassBars.of(report(7, 900, 0.8).withClassNames(CLOTHES), theme));
    all.put("reliability", ReliabilityDiagram.of(calibration(), theme));
    all.put("scatter", scatter(800, 10, theme));
    return all;
  }
}
