package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.util.Locale;

/** The shape of what a layer computes for one sample, and what lies within it. */
final class LayerOutput {
  private LayerOutput() {}

  /** Returns the shape of the output of a layer for one sample. */
  static Shape shape(Network network, String layer) {
    NDArray x = NDArray.zeros(network.inputShape().prepend(1));
    return network.activations(x).get(layer).shape().dropFirst();
  }

  /** Checks that an output (C, h, w) or (D) has such a channel. */
  static void requireChannel(String layer, Shape output, int channel) {
    requireChannels(layer, output);
    if (channel < 0 || channel >= output.dimension(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected a channel from 0 to %d, got %d in %s",
              layer,
              output.dimension(0) - 1,
              channel,
              output));
    }
  }

  /** Checks that an output is (C, h, w) or (D). */
  static void requireChannels(String layer, Shape output) {
    if (output.rank() != 1 && output.rank() != 3) {
      throw new IllegalArgumentException(
          layer + ": expected a layer with an output (C, h, w) or (D), got " + output);
    }
  }

  /** Checks that an output is (C, h, w). */
  static void requireMaps(String layer, Shape output) {
    if (output.rank() != 3) {
      throw new IllegalArgumentException(
          layer + ": expected a layer with an output (C, h, w), got " + output);
    }
  }
}
