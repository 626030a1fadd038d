package io.github.purenet.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Charts of how networks learned: the accuracy of training and test samples by epoch, the loss and
 * the learning rate by step, of one run or of several, and of the same training with several seeds
 * as a mean with a band.
 *
 * <p>The loss of a step is drawn as it is, pale, and smoothed: the mean of the steps around, a
 * fiftieth of the run on either side. Where a run does not know its steps, the numbers are those of
 * epochs.
 *
 * <p>Charts need XChart on the class path. An instance is immutable.
 */
public final class LearningCurves {
  /** With more runs, the pale lines would be a mush. */
  private static final int MOST_RAW = 3;

  /** The smallest ratio of largest and smallest loss that is shown on a logarithmic axis. */
  private static final double LOGARITHMIC = 100;

  private final Theme theme;
  private final List<Group> groups;
  private final Look look;

  /** Runs that differ by their seeds only. */
  private record Group(String name, List<Run> runs) {
    String entry(String what) {
      String seeds = runs.size() > 1 ? " (" + runs.size() + " seeds)" : "";
      return Stream.of(name, what)
              .filter(s -> !s.isEmpty())
              .reduce((a, b) -> a + " " + b)
              .orElse("")
          + seeds;
    }
  }

  /** What can be set; {@code logarithmic} is null if the numbers decide. */
  private record Look(int width, int height, Spread spread, Boolean logarithmic) {}

  private LearningCurves(Theme theme, List<Group> groups, Look look) {
    this.theme = theme;
    this.groups = groups;
    this.look = look;
  }

  /**
   * Creates charts without a run.
   *
   * @param theme the colors
   */
  public LearningCurves(Theme theme) {
    this(Objects.requireNonNull(theme), List.of(), new Look(640, 400, Spread.RANGE, null));
  }

  /**
   * Returns charts of one run, in light colors.
   *
   * @param run the run
   * @return the charts
   */
  public static LearningCurves of(Run run) {
    return new LearningCurves(Theme.LIGHT).add("", run);
  }

  /**
   * Returns charts with one more run.
   *
   * @param name what the legend calls it
   * @param run the run
   * @return new charts
   */
  public LearningCurves add(String name, Run run) {
    return add(name, List.of(run));
  }

  /**
   * Returns charts with one more training, of which there are several runs that differ by their
   * seeds. They are drawn as a mean with a band.
   *
   * @param name what the legend calls it
   * @param seeds the runs, at least one
   * @return new charts
   * @throws IllegalArgumentException if there is no run
   */
  public LearningCurves add(String name, List<Run> seeds) {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException(
          "LearningCurves: expected at least one run of '" + name + "', got none");
    }
    List<Group> more = new ArrayList<>(groups);
    more.add(new Group(Objects.requireNonNull(name), List.copyOf(seeds)));
    return new LearningCurves(theme, List.copyOf(more), look);
  }

  /**
   * Returns charts of another size.
   *
   * @param width the width in units of 1/96 inch, at least 240; 640 by default
   * @param height the height, at least 180; 400 by default
   * @return new charts
   * @throws IllegalArgumentException if there is no room for axes
   */
  public LearningCurves size(int width, int height) {
    if (width < 240 || height < 180) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "LearningCurves: expected a size of at least 240 by 180, got %d by %d",
              width,
              height));
    }
    Look other = new Look(width, height, look.spread, look.logarithmic);
    return new LearningCurves(theme, groups, other);
  }

  /**
   * Returns charts whose bands show something else.
   *
   * @param spread what the band around a mean shows, the range by default
   * @return new charts
   */
  public LearningCurves spread(Spread spread) {
    Objects.requireNonNull(spread);
    Look other = new Look(look.width, look.height, spread, look.logarithmic);
    return new LearningCurves(theme, groups, other);
  }

  /**
   * Returns charts with another axis for losses and learning rates. By default, learning rates are
   * on a linear axis, and losses on a logarithmic one if they fall to less than a hundredth.
   *
   * @param logarithmic whether equal lengths are equal ratios; numbers that are not above 0 are
   *     left out then
   * @return new charts
   */
  public LearningCurves logarithmic(boolean logarithmic) {
    Look other = new Look(look.width, look.height, look.spread, logarithmic);
    return new LearningCurves(theme, groups, other);
  }

  /**
   * Returns a chart of the metric of training and test samples by epoch, as the book draws it:
   * circles for training and squares for test samples on every second epoch, and an accuracy from 0
   * to 1. Of several runs, each has a color and a shape of its own, which is hollow for training
   * samples.
   *
   * @return the figure
   * @throws IllegalStateException if XChart is not on the class path; the message says what to add
   */
  public Figure metric() {
    List<Curve> train = curves(Run::train);
    List<Curve> test = curves(Run::test);
    String name =
        groups.stream()
            .flatMap(group -> group.runs.stream().map(Run::metric))
            .distinct()
            .reduce((a, b) -> a + ", " + b)
            .orElse("metric");
    boolean share = groups.stream().allMatch(g -> g.runs.stream().allMatch(Run::isShare));
    List<Curve> all = Stream.concat(train.stream(), test.stream()).toList();
    Panel panel =
        new Panel(
            Axis.whole("epoch", 1, Curve.longest(all)),
            share ? Axis.share(name) : Axis.fromZero(name, Curve.min(all), Curve.max(all)),
            theme);
    boolean single = groups.size() == 1;
    for (int i = 0; i < groups.size(); i++) {
      Mark ofTrain = CurveLines.hollow(i);
      Mark ofTest = single ? Mark.SQUARE : CurveLines.filled(i);
      Color color = theme.series(i);
      Color testColor = single ? theme.series(1) : color;
      CurveLines.addMarked(panel, groups.get(i).entry("train"), train.get(i), color, ofTrain);
      CurveLines.addMarked(panel, groups.get(i).entry("test"), test.get(i), testColor, ofTest);
    }
    if (share) {
      panel.legend().at(Legend.Place.LOWER_RIGHT);
    }
    return chart(capital(name) + " by epoch", panel);
  }

  /**
   * Returns a chart of the loss of training batches, by step.
   *
   * @return the figure
   * @throws IllegalStateException if XChart is not on the class path; the message says what to add
   */
  public Figure loss() {
    boolean steps = known(Run::stepLosses);
    Function<Run, double[]> losses = steps ? Run::stepLosses : Run::epochLosses;
    List<Curve> smooth = curves(run -> smooth(losses.apply(run), steps));
    List<Curve> raw = curves(losses);
    boolean logarithmic =
        look.logarithmic == null
            ? Curve.min(smooth) > 0 && Curve.max(smooth) >= LOGARITHMIC * Curve.min(smooth)
            : look.logarithmic;
    boolean withRaw = steps && groups.size() <= MOST_RAW;
    double top = withRaw ? Math.min(Curve.max(raw), 4 * Curve.max(smooth)) : Curve.max(smooth);
    Axis y =
        logarithmic
            ? Axis.logarithmic(
                "loss",
                Math.max(Curve.minPositive(withRaw ? raw : smooth), Curve.minPositive(smooth) / 10),
                top)
            : Axis.fromZero("loss", Curve.min(smooth), top);
    Panel panel =
        new Panel(Axis.whole(steps ? "step" : "epoch", 1, Curve.longest(smooth)), y, theme);
    for (int i = 0; withRaw && i < groups.size(); i++) {
      if (groups.get(i).runs.size() == 1) {
        Color pale = Colors.mix(theme.panel(), theme.series(i), 0.35);
        CurveLines.addLine(panel, raw.get(i), pale, new BasicStroke(1));
        panel.legend().add(groups.get(i).entry("each step"), pale, new BasicStroke(1), null);
      }
    }
    addLines(panel, smooth, steps ? "smoothed" : "");
    return chart("Training loss by " + (steps ? "step" : "epoch"), panel);
  }

  /**
   * Returns a chart of the learning rate by step.
   *
   * @return the figure
   * @throws IllegalStateException if XChart is not on the class path; the message says what to add
   */
  public Figure learningRate() {
    boolean steps = known(Run::stepRates);
    List<Curve> rates = curves(steps ? Run::stepRates : Run::epochRates);
    boolean logarithmic = look.logarithmic != null && look.logarithmic;
    Axis y =
        logarithmic
            ? Axis.logarithmic("learning rate", Curve.minPositive(rates), Curve.max(rates))
            : Axis.fromZero("learning rate", Curve.min(rates), Curve.max(rates));
    Panel panel =
        new Panel(Axis.whole(steps ? "step" : "epoch", 1, Curve.longest(rates)), y, theme);
    addLines(panel, rates, "");
    return chart("Learning rate by " + (steps ? "step" : "epoch"), panel);
  }

  private Figure chart(String title, Panel panel) {
    boolean bands = groups.stream().anyMatch(group -> group.runs.size() > 1);
    String full = bands ? title + ": mean and " + look.spread + " of seeds" : title;
    return new Chart(look.width, look.height, full, panel);
  }

  /** Adds a strong line for each group, in another color and with other dashes. */
  private void addLines(Panel panel, List<Curve> curves, String what) {
    for (int i = 0; i < groups.size(); i++) {
      BasicStroke stroke = CurveLines.dashes(i);
      CurveLines.addLine(panel, curves.get(i), theme.series(i), stroke);
      CurveLines.addDots(panel, curves.get(i), theme.series(i));
      String entry = groups.get(i).entry(what);
      if (!entry.isEmpty()) {
        panel.legend().add(entry, theme.series(i), stroke, null);
      }
    }
  }

  private static double[] smooth(double[] losses, boolean steps) {
    return steps ? Curve.smooth(losses, Math.max(1, losses.length / 50)) : losses;
  }

  private List<Curve> curves(Function<Run, double[]> numbers) {
    return groups.stream()
        .map(group -> Curve.of(group.runs.stream().map(numbers).toList(), look.spread))
        .toList();
  }

  /** Returns whether every run has such numbers. */
  private boolean known(Function<Run, double[]> numbers) {
    return groups.stream()
        .allMatch(g -> g.runs.stream().allMatch(run -> numbers.apply(run).length > 0));
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }
}
