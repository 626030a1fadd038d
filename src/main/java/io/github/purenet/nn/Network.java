package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A chain of layers with a loss at its end, softmax and cross entropy unless another one is set.
 *
 * <p>Shapes: x (N, input shape), y (N, output shape); a classifier's y is (N, K) logits.
 *
 * <p>Any number of threads may {@link #predict} at once. Training changes the parameters and is for
 * one thread at a time, with no inference meanwhile.
 */
public class Network implements Layer {
  private final Shape inputShape;
  private final Chain chain;
  private final Loss loss;
  private final PassPool inferencePasses = new PassPool(false);
  private final PassPool trainingPasses = new PassPool(true);
  private final AtomicLong steps = new AtomicLong();

  /**
   * Builds each layer for the output of the one before. A layer is named after its kind and its
   * number among its kind: {@code conv1, relu1, maxPool1, affine1}.
   *
   * @param inputShape shape of one sample, for example (C, H, W)
   * @param seed seed of the initial parameters; the same seed gives the same bits on every machine
   * @param specs the layers in order, at least one
   * @throws IllegalArgumentException if a layer does not fit, naming the layer and the shapes
   */
  protected Network(Shape inputShape, long seed, LayerSpec... specs) {
    this(inputShape, new SoftmaxWithLoss(), build(inputShape, seed, specs));
  }

  private Network(Shape inputShape, Loss loss, Chain chain) {
    this.inputShape = inputShape;
    this.loss = loss;
    this.chain = chain;
  }

  private static Chain build(Shape inputShape, long seed, LayerSpec... specs) {
    if (specs.length == 0) {
      throw new IllegalArgumentException("network: expected at least one layer, got none");
    }
    return Chain.build("", inputShape, random(seed), List.of(specs));
  }

  /** Random, alone among Java's generators, has specified algorithms for nextGaussian, nextInt. */
  private static RandomGenerator random(long seed) {
    return new Random(seed);
  }

  /**
   * Builds a network: {@code Network.of(Shape.of(1, 28, 28), seed, conv(30, 5), relu(), ...)} with
   * a static import of {@link Layers}.
   *
   * @param inputShape shape of one sample, for example (C, H, W)
   * @param seed seed of the initial parameters; the same seed gives the same bits on every machine
   * @param specs the layers in order, at least one
   * @return the network
   * @throws IllegalArgumentException if a layer does not fit, naming the layer and the shapes
   */
  public static Network of(Shape inputShape, long seed, LayerSpec... specs) {
    return new Network(inputShape, seed, specs);
  }

  @Override
  public final String name() {
    return "network";
  }

  /**
   * The shape of one sample.
   *
   * @return for example (C, H, W)
   */
  public final Shape inputShape() {
    return inputShape;
  }

  /**
   * The layers.
   *
   * @return the layers in order, unmodifiable
   */
  public final List<Layer> layers() {
    return chain.layers();
  }

  @Override
  public final List<Parameter> parameters() {
    return chain.parameters();
  }

  @Override
  public final List<Parameter> buffers() {
    return chain.buffers();
  }

  /**
   * A network of the same layers with another loss. Both share their parameters.
   *
   * @param other what {@link #loss} and {@link #gradient} compute
   * @return a new network
   * @throws IllegalArgumentException if the loss cannot take the output, naming both
   */
  public final Network withLoss(Loss other) {
    Objects.requireNonNull(other, "loss").check(outputShape(inputShape.prepend(1)));
    return new Network(inputShape, other, chain);
  }

  /**
   * A network with another last layer, for fine-tuning: all other layers are shared, parameters
   * included.
   *
   * @param spec the new last layer
   * @param seed seed of its initial parameters
   * @return a new network, whose last layer has the name of the old one if it is of the same kind
   * @throws IllegalArgumentException if the layer does not fit, naming the layer and the shapes
   */
  public final Network replaceLast(LayerSpec spec, long seed) {
    return new Network(inputShape, loss, chain.replaceLast("", inputShape, random(seed), spec));
  }

  /**
   * A table of the layers: name, output shape of one sample, parameters and multiply-adds of one
   * sample, and their totals.
   *
   * @return lines of text
   */
  public final String summary() {
    return Summary.of(this);
  }

  @Override
  public final long multiplyAdds(Shape input) {
    return chain.multiplyAdds(input);
  }

  /**
   * A parameter by its name.
   *
   * @param name for example {@code conv1.W}, or {@code residual1.conv1.W} inside another layer
   * @return the parameter
   * @throws IllegalArgumentException if there is none of that name, naming those that there are
   */
  public Parameter parameter(String name) {
    return parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    String.format(
                        "network: expected one of the parameters %s, got %s",
                        parameters().stream().map(Parameter::name).toList(), name)));
  }

  /**
   * Copies values into all parameters; if anything does not fit, nothing is changed.
   *
   * @param values a value for each parameter, by names that {@link #parameter} knows
   * @throws IllegalArgumentException if a name is unknown or missing or a shape differs
   */
  public final void setParameters(Map<String, NDArray> values) {
    Map<Parameter, NDArray> assignments = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          Parameter parameter = parameter(name);
          Check.sameShape("network", name, parameter.value().shape(), value.shape());
          assignments.put(parameter, value);
        });
    for (Parameter parameter : parameters()) {
      if (!assignments.containsKey(parameter)) {
        throw new IllegalArgumentException(
            "network: expected a value for " + parameter.name() + ", got " + values.keySet());
      }
    }
    assignments.forEach(
        (parameter, value) -> {
          NDArray to = parameter.value();
          System.arraycopy(value.data(), 0, to.data(), 0, to.size());
        });
  }

  @Override
  public final Shape outputShape(Shape input) {
    check(input);
    return chain.outputShape(input);
  }

  @Override
  public final NDArray forward(NDArray x, Pass pass) {
    check(x.shape());
    return chain.forward(x, pass);
  }

  @Override
  public final NDArray backward(NDArray dy, Pass pass) {
    return chain.backward(dy, pass);
  }

  @Override
  public final void backwardParameters(NDArray dy, Pass pass) {
    chain.backwardParameters(dy, pass);
  }

  /**
   * What the network makes of a batch.
   *
   * @param x samples (N, input shape). Not modified.
   * @return y (N, output shape), for a classifier the logits (N, K); the caller's own
   * @throws IllegalArgumentException if x does not fit, naming the shapes
   */
  public final NDArray predict(NDArray x) {
    Pass pass = inferencePasses.take();
    NDArray y = forward(x, pass).copy();
    inferencePasses.giveBack(pass);
    return y;
  }

  /**
   * The loss on a batch, in inference.
   *
   * @param x samples (N, input shape). Not modified.
   * @param t targets as the loss takes them, for a classifier (N) class indices or (N, K) one row
   *     of probabilities a sample. Not modified.
   * @return the mean loss
   * @throws IllegalArgumentException if x or t does not fit, naming the shapes
   */
  public final double loss(NDArray x, NDArray t) {
    Pass pass = inferencePasses.take();
    double value = loss.forward(forward(x, pass), t, pass);
    inferencePasses.giveBack(pass);
    return value;
  }

  /**
   * Computes the gradient of the loss by every parameter; {@link Parameter#gradient} holds it
   * afterwards, replacing what it held.
   *
   * @param x samples (N, input shape). Not modified.
   * @param t targets as the loss takes them, for a classifier (N) class indices or (N, K) one row
   *     of probabilities a sample. Not modified.
   * @return the mean loss
   * @throws IllegalArgumentException if x or t does not fit, naming the shapes, or if x holds NaN
   *     or an infinity that makes the loss so
   * @throws ArithmeticException if the loss is not finite although x is: training has diverged
   */
  public final double gradient(NDArray x, NDArray t) {
    Pass pass = trainingPasses.take();
    pass.step(steps.getAndIncrement());
    double value = loss.forward(forward(x, pass), t, pass);
    if (!Double.isFinite(value)) {
      throw notFinite(value, x);
    }
    parameters().forEach(Parameter::clearGradient);
    backwardParameters(loss.backward(pass), pass);
    trainingPasses.giveBack(pass);
    return value;
  }

  /**
   * Counts the samples whose largest logit stands at their class.
   *
   * @param x samples (N, input shape). Not modified.
   * @param t targets: (N) class indices or (N, K) one-hot. Not modified.
   * @return a count from 0 to N
   * @throws IllegalArgumentException if x or t does not fit, naming the shapes
   */
  public final int countCorrect(NDArray x, NDArray t) {
    NDArray y = predict(x);
    if (!t.shape().equals(Shape.of(y.dimension(0))) && !t.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          String.format(
              "network: expected t of %s or %s, got %s",
              Shape.of(y.dimension(0)), y.shape(), t.shape()));
    }
    NDArray predicted = y.argmax(1);
    NDArray expected = t.rank() == 1 ? t : t.argmax(1);
    int correct = 0;
    for (int i = 0; i < predicted.size(); i++) {
      if (predicted.get(i) == expected.get(i)) {
        correct++;
      }
    }
    return correct;
  }

  private void check(Shape x) {
    Objects.requireNonNull(x, "x");
    if (x.rank() != inputShape.rank() + 1 || !x.dropFirst().equals(inputShape)) {
      String letters = inputShape.toString().substring(1).replace(",)", ")");
      throw new IllegalArgumentException("network: expected x of (N, " + letters + ", got " + x);
    }
  }

  private static RuntimeException notFinite(double loss, NDArray x) {
    for (int i = 0; i < x.size(); i++) {
      float value = x.data()[i];
      if (!Float.isFinite(value)) {
        int sample = i / (x.size() / x.dimension(0));
        return new IllegalArgumentException(
            String.format(
                "network: expected finite numbers in x, got %s in sample %s of %s",
                value, sample, x.shape()));
      }
    }
    return new ArithmeticException(
        String.format(
            "network: expected a finite loss, got %s although x is finite: the parameters have"
                + " diverged, try a smaller learning rate",
            loss));
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + " " + inputShape + " " + chain;
  }
}
