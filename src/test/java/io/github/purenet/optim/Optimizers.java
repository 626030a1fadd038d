package io.github.purenet.optim;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** One optimizer of each kind. */
final class Optimizers {
  private Optimizers() {}

  static Stream<Supplier<AbstractOptimizer<?>>> each() {
    Schedule falling = Schedule.exponential(0.1, 0.997);
    return Stream.of(
        () -> new Sgd(falling),
        () -> new Momentum(falling).momentum(0.9),
        () -> new Nesterov(falling).momentum(0.9),
        () -> new AdaGrad(Schedule.constant(0.5)),
        () -> new RMSprop(falling),
        () -> new Adam(falling),
        () -> new AdamW(falling));
  }
}
