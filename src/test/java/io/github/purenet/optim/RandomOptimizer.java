package io.github.purenet.optim;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Parameter;
import io.github.purenet.testing.RandomCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The optimizers of random cases. */
public final class RandomOptimizer {
  private final Map<String, Object> settings;

  private RandomOptimizer(Map<String, Object> settings) {
    this.settings = settings;
  }

  /** Computes the values of each parameter after each step, (steps, ...). */
  public static Map<String, NDArray> values(RandomCase random) {
    List<Parameter> parameters = new ArrayList<>();
    Map<String, NDArray> values = new LinkedHashMap<>();
    for (Object name : (List<?>) random.settings().get("parameters")) {
      Parameter parameter =
          new Parameter(name.toString(), random.inputs().get(name.toString()).copy());
      if (random.freezes(parameter.name())) {
        parameter.freeze();
      }
      parameters.add(parameter);
      Shape shape = parameter.value().shape().prepend(random.steps());
      values.put(parameter.name(), NDArray.zeros(shape));
    }
    Optimizer optimizer = new RandomOptimizer(random.part("optimizer")).build();
    for (int step = 0; step < random.steps(); step++) {
      for (Parameter parameter : parameters) {
        parameter.clearGradient();
        parameter.gradient().addInPlace(random.inputs().get("d" + parameter.name()).at(step));
      }
      optimizer.step(parameters);
      for (Parameter parameter : parameters) {
        NDArray value = parameter.value();
        float[] all = values.get(parameter.name()).data();
        System.arraycopy(value.data(), 0, all, step * value.size(), value.size());
      }
    }
    return values;
  }

  private double number(String name) {
    return ((Number) settings.get(name)).doubleValue();
  }

  private Optimizer build() {
    Schedule rate = new RandomOptimizer(scheduleSettings()).schedule(number("learningRate"));
    return switch ((String) settings.get("kind")) {
      case "sgd" -> common(new Sgd(rate));
      case "momentum" -> common(new Momentum(rate).momentum(number("momentum")));
      case "nesterov" -> common(new Nesterov(rate).momentum(number("momentum")));
      case "adaGrad" -> common(new AdaGrad(rate).epsilon(number("epsilon")));
      case "rmsProp" -> common(new RMSprop(rate).alpha(number("alpha")).epsilon(number("epsilon")));
      case "adam" -> adam(new Adam(rate));
      case "adamW" -> adam(new AdamW(rate));
      default -> throw new IllegalArgumentException(settings.toString());
    };
  }

  private Optimizer adam(AbstractAdam<?> adam) {
    return common(adam.betas(number("beta1"), number("beta2")).epsilon(number("epsilon")));
  }

  private Optimizer common(AbstractOptimizer<?> optimizer) {
    optimizer.weightDecay(number("weightDecay"));
    if (!(Boolean) settings.get("decayAll")) {
      optimizer.decayOnly(Parameter::isWeight);
    }
    if (number("clipNorm") > 0) {
      optimizer.clipNorm(number("clipNorm"));
    }
    if (number("clipValue") > 0) {
      optimizer.clipValue(number("clipValue"));
    }
    return optimizer;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> scheduleSettings() {
    return (Map<String, Object>) settings.get("schedule");
  }

  private Schedule schedule(double rate) {
    Schedule schedule =
        switch ((String) settings.get("kind")) {
          case "constant" -> Schedule.constant(rate);
          case "step" -> Schedule.step(rate, steps("every"), number("factor"));
          case "exponential" -> Schedule.exponential(rate, number("factor"));
          case "polynomial" -> Schedule.polynomial(rate, 0, steps("steps"), number("power"));
          case "linear" -> Schedule.polynomial(rate, rate * number("endShare"), steps("steps"), 1);
          case "cosine" -> Schedule.cosine(rate, rate * number("endShare"), steps("steps"));
          case "oneCycle" ->
              Schedule.oneCycle(rate, steps("steps"))
                  .rising(number("rising"))
                  .startDivisor(number("startDivisor"))
                  .endDivisor(number("endDivisor"));
          default -> throw new IllegalArgumentException(settings.toString());
        };
    return steps("warmup") == 0 ? schedule : schedule.warmup(steps("warmup"));
  }

  private long steps(String name) {
    return (Integer) settings.get(name);
  }
}
