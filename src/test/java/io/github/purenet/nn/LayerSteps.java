package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Training steps of a layer, and copies of what they leave behind. */
final class LayerSteps {

  private LayerSteps() {}

  /** A training pass in a step that is not the first, which a dropout sees. */
  static Pass training() {
    Pass pass = Pass.training();
    pass.step(3);
    return pass;
  }

  /** Both ways back; either adds to the gradients. */
  static List<BiConsumer<NDArray, Pass>> waysBack(Layer layer) {
    return List.of(layer::backward, layer::backwardParameters);
  }

  static void clearGradients(Layer layer) {
    layer.parameters().forEach(Parameter::clearGradient);
  }

  /** y, dx and the gradient of each parameter. */
  static float[][] train(Layer layer, NDArray x, NDArray dy, Pass pass) {
    clearGradients(layer);
    float[] y = layer.forward(x, pass).toArray();
    float[] dx = layer.backward(dy, pass).toArray();
    return withGradients(layer, y, dx);
  }

  /** The arrays, and behind them the gradient of each parameter. */
  static float[][] withGradients(Layer layer, float[]... arrays) {
    return Stream.concat(Arrays.stream(arrays), Arrays.stream(gradients(layer)))
        .toArray(float[][]::new);
  }

  static float[][] gradients(Layer layer) {
    return layer.parameters().stream().map(p -> p.gradient().toArray()).toArray(float[][]::new);
  }

  /** The values of parameters or buffers. */
  static float[][] values(List<Parameter> parameters) {
    return parameters.stream().map(p -> p.value().toArray()).toArray(float[][]::new);
  }

  /** Writes what {@link #values} has read. */
  static void setValues(List<Parameter> parameters, float[][] values) {
    for (int i = 0; i < values.length; i++) {
      NDArray value = parameters.get(i).value();
      value.fill(0f).addInPlace(NDArray.wrap(value.shape(), values[i]));
    }
  }
}
