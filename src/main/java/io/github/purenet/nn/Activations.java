package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import java.util.List;

/**
 * The outputs of all layers of a network for one batch in inference, returned by {@link
 * Network#activations}, and the gradients of any of them by those before it.
 *
 * <p>Layers are computed one by one, also where {@link Network#predict} fuses them. {@link Dropout}
 * drops nothing, and {@link BatchNormalization} uses its running statistics, in gradients, too. The
 * gradients of the parameters are left alone.
 *
 * <p>Any number of threads may use one object at once. The parameters of the network must stay as
 * they are as long as gradients are asked for.
 */
public final class Activations {
  private final Chain chain;
  private final NDArray x;
  private final Pass pass = Pass.traced();

  Activations(Chain chain, NDArray x) {
    this.chain = chain;
    this.x = x.copy(); // gradients read it later
    chain.forward(this.x, pass);
  }

  /**
   * Returns the names of the layers in the order in which they are computed: the layers inside of
   * another one, such as {@code residual1.conv1}, come before it.
   *
   * @return an unmodifiable list of names that {@link #get} takes
   */
  public List<String> names() {
    return List.copyOf(pass.trace().outputs().keySet());
  }

  /**
   * Returns the samples.
   *
   * @return a copy of x (N, input shape)
   */
  public NDArray input() {
    return x.copy();
  }

  /**
   * Returns the output of a layer.
   *
   * @param layer the name of the layer, one of {@link #names}
   * @return a copy of the output (N, ...)
   * @throws IllegalArgumentException if there is no such layer; the message lists the names
   */
  public NDArray get(String layer) {
    return pass.trace().output(layer).copy();
  }

  /**
   * Returns the output of the network, for a classifier the logits.
   *
   * @return a copy of the output (N, output shape)
   */
  public NDArray output() {
    return get(last());
  }

  private String last() {
    List<String> names = names();
    return names.get(names.size() - 1);
  }

  /**
   * Returns the gradients of the sum of the outputs of the network, each multiplied by a number of
   * dy. With 1 for the logit of one class and 0 elsewhere, they are those of that logit.
   *
   * @param dy the numbers, in the shape of {@link #output}. Not modified.
   * @return the gradients by the input and by the output of each layer
   * @throws IllegalArgumentException if dy does not fit; the message names the shapes
   */
  public Gradients gradients(NDArray dy) {
    return gradients(last(), dy);
  }

  /**
   * Returns the gradients of the sum of the outputs of a layer, each multiplied by a number of dy.
   *
   * @param layer the name of the layer, one of {@link #names}
   * @param dy the numbers, in the shape of the output of the layer. Not modified.
   * @return the gradients by the input and by the output of each layer, which are 0 for layers
   *     behind this one
   * @throws IllegalArgumentException if there is no such layer or dy does not fit; the message
   *     names the layers or the shapes
   */
  public Gradients gradients(String layer, NDArray dy) {
    synchronized (pass) {
      Trace trace = pass.trace();
      trace.startAt(layer, dy);
      NDArray dx = chain.backward(dy, pass).copy();
      return new Gradients(dx, trace.gradients(), this);
    }
  }
}
