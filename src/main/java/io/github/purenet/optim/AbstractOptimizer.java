package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Parameter;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Skeleton of the optimizers of this package. It counts the steps, asks the schedule, clips the
 * gradients, skips frozen parameters and keeps the slots of the others; a subclass says how one
 * parameter changes.
 *
 * @param <S> the subclass, which the setters return
 */
abstract class AbstractOptimizer<S extends AbstractOptimizer<S>> implements Optimizer {
  /** The number that PyTorch's clip_grad_norm_ adds to the norm. */
  private static final double CLIP_EPSILON = 1e-6;

  /**
   * A norm up to which each gradient has a finite square, and that square is too small to change a
   * sum of squares that is near the largest float.
   */
  private static final double HARMLESS_NORM = 1e15;

  private final String kind;
  private final Schedule schedule;
  private final int slotCount;
  private final StateFormat stateFormat;
  private final Clipping clipping = new Clipping();

  /**
   * The parameters of every step. By identity: those of another network may have the same names.
   */
  private List<Parameter> parameters = List.of();

  private IdentityHashMap<Parameter, Slots> slotsOf = new IdentityHashMap<>();
  private long steps;

  private double weightDecay;
  private Predicate<Parameter> decayed = parameter -> true;
  private double maxNorm = Double.POSITIVE_INFINITY;
  private double maxValue = Double.POSITIVE_INFINITY;

  /** Creates an optimizer that keeps one array, at first of zeros, for each slot and parameter. */
  AbstractOptimizer(String kind, Schedule schedule, String... slotNames) {
    this.kind = kind;
    this.schedule = Objects.requireNonNull(schedule, "schedule");
    this.slotCount = slotNames.length;
    this.stateFormat = new StateFormat(kind, List.of(slotNames));
  }

  /** Returns a schedule of one learning rate; the optimizer is named if it is out of range. */
  static Schedule constant(String kind, double learningRate) {
    Require.floatAboveZero(kind, "learningRate", learningRate);
    return Schedule.constant(learningRate);
  }

  /** Updates one parameter; {@code slots.updates} counts this update already. */
  abstract void update(NDArray gradient, NDArray value, Slots slots, Step step);

  /**
   * Returns whether the slots stay finite with one number of the gradient. Only asked about large
   * ones.
   *
   * @param g a number of the gradient, clipped
   * @param slots the slots of the parameter before the update, null before the first
   * @param i the index of the number
   */
  boolean fits(float g, Slots slots, int i) {
    return true;
  }

  /**
   * Sets the weight decay. The step adds {@code decay value} to the gradient, except in {@link
   * AdamW}. All parameters decay, as in PyTorch, unless {@link #decayOnly} says otherwise.
   *
   * @param decay at least 0; 0 unless set, 0.01 in {@link AdamW}
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public S weightDecay(double decay) {
    weightDecay = Require.floatAtLeastZero(kind, "weightDecay", decay);
    return self();
  }

  /**
   * Sets which parameters decay. {@code decayOnly(Parameter::isWeight)} exempts biases and the
   * scales and shifts of normalization layers.
   *
   * @param which tells whether a parameter decays; all of them do unless set
   * @return this
   */
  public S decayOnly(Predicate<Parameter> which) {
    decayed = Objects.requireNonNull(which, "which");
    return self();
  }

  /**
   * Sets the largest norm of all gradients together. Where the norm is above {@code max}, the step
   * uses the gradients times {@code max / (norm + 1e-6)}, as with PyTorch's clip_grad_norm_, but
   * leaves the gradients themselves as they are. Clipping by value comes before this, weight decay
   * after it. Gradients of frozen parameters do not count.
   *
   * <p>Source: Pascanu, Mikolov and Bengio 2013, <i>On the difficulty of training recurrent neural
   * networks</i>, section 3.2.
   *
   * @param max above 0; not clipped unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public S clipNorm(double max) {
    maxNorm = Require.floatAboveZero(kind, "clipNorm", max);
    return self();
  }

  /**
   * Sets the largest absolute value of a gradient. The step clips each number of the gradients to
   * {@code [-max, max]}, in place, as PyTorch's clip_grad_value_ does. NaN stays NaN, an error.
   *
   * @param max above 0; not clipped unless set
   * @return this
   * @throws IllegalArgumentException if the number is out of range
   */
  public S clipValue(double max) {
    maxValue = Require.floatAboveZero(kind, "clipValue", max);
    return self();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if these are not the parameters of the steps before, or of the
   *     state restored, or if the schedule gives a learning rate that is negative or not finite as
   *     a float; nothing is changed then
   * @throws ArithmeticException {@inheritDoc}
   */
  @Override
  public final void step(List<Parameter> parameters) {
    double rate = schedule.learningRate(steps);
    if (!Require.isFloatAtLeastZero(rate)) {
      throw Require.floatError(kind, "a learning rate of at least 0 at step " + steps, rate);
    }
    requireSame(parameters);
    if (maxValue < Double.POSITIVE_INFINITY) {
      Clipping.byValue(parameters, (float) maxValue);
    }
    float scale = requireUsable(parameters);
    if (this.parameters.isEmpty()) {
      this.parameters = List.copyOf(parameters);
    }
    for (Parameter parameter : parameters) {
      if (!parameter.isFrozen()) {
        NDArray value = parameter.value();
        Slots slots = slotsOf.computeIfAbsent(parameter, p -> new Slots(slotCount, value.size()));
        slots.updates++;
        double decay = decayed.test(parameter) ? weightDecay : 0;
        update(parameter.gradient(), value, slots, new Step(rate, scale, decay));
      }
    }
    steps++;
  }

  /** Returns the scale of the gradients after checking that the slots and values stay finite. */
  private float requireUsable(List<Parameter> parameters) {
    if (maxNorm == Double.POSITIVE_INFINITY && clipping.isNormBelow(HARMLESS_NORM, parameters)) {
      return 1;
    }
    double norm = clipping.norm(parameters);
    if (!Double.isFinite(norm)) {
      requireEach(parameters, (g, slots, i) -> Float.isFinite(g), "finite gradients", "");
    }
    float scale = (float) Math.min(1, maxNorm / (norm + CLIP_EPSILON));
    if (scale == 0) {
      throw new ArithmeticException(
          String.format(
              Locale.ROOT,
              "%s: expected gradients whose norm can be clipped to %s, got a norm of %s at step %s",
              kind,
              maxNorm,
              norm,
              steps));
    }
    if (norm > HARMLESS_NORM) {
      requireEach(
          parameters,
          (g, slots, i) -> fits(scale * g, slots, i),
          "gradients with finite squares",
          "; clip them with clipNorm or clipValue");
    }
    return scale;
  }

  /** Tells whether a number of a gradient can be used. */
  private interface Usable {
    boolean test(float g, Slots slots, int i);
  }

  private void requireEach(
      List<Parameter> parameters, Usable usable, String expected, String advice) {
    for (Parameter parameter : parameters) {
      Slots slots = slotsOf.get(parameter);
      float[] gradient = parameter.isFrozen() ? new float[0] : parameter.gradient().data();
      for (int i = 0; i < gradient.length; i++) {
        if (!usable.test(gradient[i], slots, i)) {
          throw new ArithmeticException(
              String.format(
                  Locale.ROOT,
                  "%s: expected %s, got %s in that of %s at step %s%s",
                  kind,
                  expected,
                  gradient[i],
                  parameter,
                  steps,
                  advice));
        }
      }
    }
  }

  /** Checks that these are the parameters of the first step, whose slots there are. */
  private void requireSame(List<Parameter> present) {
    if (parameters.isEmpty() && new HashSet<>(present).size() < present.size()) {
      throw new IllegalArgumentException(kind + ": expected each parameter once, got " + present);
    }
    if (!parameters.isEmpty() && !parameters.equals(present)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected the parameters %s of the steps before, got %s%s; an optimizer belongs"
                  + " to one network: take a new one, or restore a state",
              kind,
              parameters,
              present,
              parameters.toString().equals(present.toString()) ? " of another network" : ""));
    }
  }

  @Override
  public final double learningRate() {
    return schedule.learningRate(steps);
  }

  @Override
  public final Map<String, NDArray> state() {
    return stateFormat.write(steps, parameters, slotsOf);
  }

  @Override
  public final void restore(List<Parameter> parameters, Map<String, NDArray> state) {
    IdentityHashMap<Parameter, Slots> restored = stateFormat.slots(parameters, state);
    this.steps = stateFormat.steps(state);
    this.slotsOf = restored;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * Returns the name of this optimizer with its settings, for people.
   *
   * @return for example {@code Adam, learning rate 0.001, betas 0.9 and 0.999}
   */
  @Override
  public final String toString() {
    StringBuilder text = new StringBuilder(kind);
    text.append(", learning rate ").append(DescribedSchedule.words(schedule)).append(details());
    append(text, ", weight decay ", weightDecay, weightDecay > 0);
    append(text, ", gradients clipped to norm ", maxNorm, Double.isFinite(maxNorm));
    append(text, ", gradients clipped to value ", maxValue, Double.isFinite(maxValue));
    return text.toString();
  }

  private static void append(StringBuilder text, String name, double value, boolean isSet) {
    text.append(isSet ? name + DescribedSchedule.plain(value) : "");
  }

  /** Returns the settings of a subclass, each behind a comma. */
  String details() {
    return "";
  }

  /** Returns the name of this optimizer in messages. */
  final String kind() {
    return kind;
  }

  @SuppressWarnings("unchecked") // S is the class of this
  final S self() {
    return (S) this;
  }
}
