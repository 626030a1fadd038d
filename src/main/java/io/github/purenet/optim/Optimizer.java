package io.github.purenet.optim;

import io.github.purenet.nn.Parameter;
import java.util.List;

/** Changes parameters against their gradients. An optimizer belongs to one network. */
public interface Optimizer {

  /**
   * Makes one step: reads every gradient and changes every value.
   *
   * @param parameters the parameters of the network, the same on every step
   */
  void step(List<Parameter> parameters);
}
