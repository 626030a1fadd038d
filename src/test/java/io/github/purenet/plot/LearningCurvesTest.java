package io.github.purenet.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.nn.Metric;
import io.github.purenet.train.History;
import io.github.purenet.train.Step;
import io.github.purenet.train.TrainingRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningCurvesTest {
  private static final String HEADER =
      "epoch,loss,train_accuracy,test_accuracy,learning_rate,seconds\n";

  @TempDir Path folder;

  private Run read(String text) throws IOException {
    return read(text, Metric.accuracy());
  }

  private Run read(String text, Metric metric) throws IOException {
    return Run.of(History.read(Files.writeString(folder.resolve("log.csv"), text), metric));
  }

  private static List<String> texts(Figure figure) throws Exception {
    return SvgText.elements(SvgText.parse(figure), "text").stream()
        .map(text -> text.getTextContent().replace('\u00a0', ' '))
        .toList();
  }

  @Test
  void reads_the_log_of_a_training() throws Exception {
    Run run = read(HEADER + "1,0.5,0.75,0.5,0.001,1.500\n2,0.25,0.875,,,2.000\n");

    assertThat(run.metric()).isEqualTo("accuracy");
    assertThat(run.isShare()).isTrue();
    assertThat(run.train()).containsExactly(0.75, 0.875);
    assertThat(run.test()).containsExactly(0.5, Double.NaN);
    assertThat(run.epochLosses()).containsExactly(0.5, 0.25);
    assertThat(run.epochRates()).containsExactly(0.001, Double.NaN);
    assertThat(run.stepLosses()).isEmpty();
    assertThat(texts(LearningCurves.of(run).loss())).contains("Training loss by epoch", "epoch");
  }

  @Test
  void other_metrics_have_an_axis_that_fits() throws Exception {
    Run error =
        read(
            HEADER.replace("accuracy", "mean_absolute_error")
                + "1,9e4,300,350,0.1,1\n2,9,30,50,0.1,1\n",
            Metric.meanAbsoluteError());
    assertThat(texts(LearningCurves.of(error).metric()))
        .contains("Mean absolute error by epoch", "mean absolute error", "0", "100", "300");
    assertThat(texts(LearningCurves.of(error).loss()))
        .as("a logarithmic axis for what falls to less than a hundredth")
        .contains("10", "100", "1,000", "10,000", "100,000");
    assertThat(texts(LearningCurves.of(error).logarithmic(false).loss()))
        .contains("0", "20,000", "80,000");
  }

  @Test
  void one_epoch_no_epoch_and_no_test_samples_are_charts_too() throws Exception {
    assertThat(texts(LearningCurves.of(read(HEADER + "1,0.5,0.9,0.8,0.001,1\n")).metric()))
        .contains("1", "train", "test");
    assertThat(texts(LearningCurves.of(read(HEADER)).metric())).contains("no numbers to show");
    assertThat(texts(LearningCurves.of(read(HEADER)).learningRate()))
        .contains("no numbers to show");
    assertThat(texts(new LearningCurves(Theme.DARK).loss())).contains("no numbers to show");
    assertThat(texts(LearningCurves.of(read(HEADER + "1,1,0.9,,1,1\n2,1,0.9,,1,1\n")).metric()))
        .contains("train")
        .doesNotContain("test");
    Figure one = LearningCurves.of(read(HEADER + "1,0.5,0.9,0.8,0.001,1\n")).loss();
    assertThat(SvgText.elements(SvgText.parse(one), "circle")).as("a dot").hasSize(1);
  }

  @Test
  void nan_and_infinite_losses_are_gaps() throws Exception {
    TrainingRecord record = new TrainingRecord();
    for (int s = 1; s <= 40; s++) {
      double loss = s % 10 == 0 ? Double.NaN : s % 15 == 0 ? Double.POSITIVE_INFINITY : 1.0 / s;
      record.stepEnded(new Step(1, s, 40, 10, loss, Double.NaN));
    }
    record.epochEnded(Charts.epoch(1, Double.NaN, Metric.accuracy(), Double.NaN, Double.NaN));
    LearningCurves curves = LearningCurves.of(Run.of(record));
    assertThat(texts(curves.loss())).contains("1.0", "smoothed").doesNotContain("NaN");
    assertThat(texts(curves.logarithmic(true).loss())).contains("0.1").doesNotContain("NaN");
    assertThat(texts(curves.metric())).contains("no numbers to show");
    assertThat(texts(curves.learningRate())).contains("no numbers to show");
  }

  @Test
  void a_thousand_epochs_have_as_many_marks_as_can_be_told_apart() throws Exception {
    StringBuilder log = new StringBuilder(HEADER);
    IntStream.rangeClosed(1, 1000)
        .forEach(e -> log.append(e + "," + 2.0 / e + ",0.9,0." + (500 + e % 400) + ",0.1,1\n"));
    Figure figure = LearningCurves.of(read(log.toString())).metric();

    assertThat(SvgText.elements(SvgText.parse(figure), "circle")).hasSizeBetween(20, 32);
    assertThat(figure.svg().length()).isLessThan(100_000);
    assertThat(texts(figure)).contains("1,000");
  }

  @Test
  void a_band_is_about_the_runs_that_got_so_far() {
    List<double[]> runs =
        List.of(new double[] {1, 2, 3}, new double[] {3, Double.NaN}, new double[] {5});
    Curve range = Curve.of(runs, Spread.RANGE);
    assertThat(range.mean()).containsExactly(3, 2, 3);
    assertThat(range.low()).containsExactly(1, 2, 3);
    assertThat(range.high()).containsExactly(5, 2, 3);
    Curve deviation = Curve.of(runs, Spread.STANDARD_DEVIATION);
    assertThat(deviation.low()).containsExactly(1, 2, 3);
    assertThat(deviation.high()).containsExactly(5, 2, 3);
    assertThatThrownBy(() -> new LearningCurves(Theme.LIGHT).add("Adam", List.of()))
        .hasMessage("LearningCurves: expected at least one run of 'Adam', got none");
  }

  @Test
  void smooth_is_the_mean_around() {
    double[] numbers = {1, 3, Double.NaN, 5, 9};
    assertThat(Curve.smooth(numbers, 1)).containsExactly(2, 2, Double.NaN, 7, 7);
    assertThat(Curve.smooth(new double[0], 3)).isEmpty();
  }

  @Test
  void an_outline_keeps_what_is_largest_and_smallest() {
    double[] wave = IntStream.range(0, 1000).mapToDouble(i -> Math.sin(i)).toArray();
    wave[333] = 7;
    wave[666] = Double.NaN;
    int[] few = Curve.outline(wave, 100);
    assertThat(few).hasSizeLessThanOrEqualTo(101).isSorted().contains(333, 666);
    assertThat(Curve.outline(wave, 1000)).hasSize(1000);
    IntStream.range(0, 1000).filter(i -> i % 10 == 3).forEach(i -> wave[i] = Double.NaN);
    assertThat(Arrays.stream(Curve.outline(wave, 100)).filter(i -> !Double.isNaN(wave[i])))
        .as("gaps hide nothing else")
        .hasSizeGreaterThan(90);
  }

  @Test
  void a_small_figure_is_refused() {
    assertThatThrownBy(() -> new LearningCurves(Theme.LIGHT).size(240, 100))
        .hasMessage("LearningCurves: expected a size of at least 240 by 180, got 240 by 100");
    assertThat(new LearningCurves(Theme.LIGHT).size(240, 180).metric().height()).isEqualTo(180);
  }

  @Test
  void ticks_are_round_numbers() {
    assertThat(Axis.whole("epoch", 1, 20).labels()).containsExactly("5", "10", "15", "20");
    assertThat(Axis.whole("epoch", 1, 1).labels()).containsExactly("1");
    assertThat(Axis.whole("epoch", 1, 3).labels()).containsExactly("1", "2", "3");
    assertThat(Axis.share("accuracy").labels())
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(Axis.fromZero("loss", -0.5, 1).labels()).startsWith("-0.5").endsWith("1.0");
    assertThat(Axis.fromZero("loss", 0, 0).labels()).contains("0.0", "1.0");
    assertThat(Axis.fromZero("loss", 0, 3e9).labels()).contains("1.0e+09");
    assertThat(Axis.count("samples", 2).labels()).containsExactly("0", "1", "2");
    Axis logarithmic = Axis.logarithmic("loss", 0.004, 2);
    assertThat(logarithmic.labels()).containsExactly("0.01", "0.1", "1");
    assertThat(logarithmic.at(0.1))
        .isCloseTo((logarithmic.at(1) + logarithmic.at(0.01)) / 2, within(1e-12));
    assertThat(Axis.logarithmic("loss", 3e-9, 1e-6).labels()).contains("1e-8");
    assertThat(Axis.logarithmic("loss", 2, 3).labels()).containsExactly("1", "10");
  }
}
