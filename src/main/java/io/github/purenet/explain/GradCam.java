package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.Network;
import java.util.Arrays;
import java.util.List;

/**
 * Grad-CAM, a heat map of where a layer saw what speaks for a class: {@code relu(sum over c of
 * weight_c A_c)}, where A are the layer's activations and {@code weight_c} is the mean over all
 * positions of the gradient of the score by A_c. The score is the output of the network, for a
 * classifier the logit. The map has the size of the layer's output and is enlarged to that of the
 * image by bilinear interpolation.
 *
 * <p>Source: Selvaraju et al. 2017, <i>Grad-CAM: Visual Explanations from Deep Networks via
 * Gradient-based Localization</i>, section 3, equations 1 and 2.
 */
public final class GradCam {
  private GradCam() {}

  /**
   * Returns a heat map from the layer that {@link #layer} names.
   *
   * @param network a classifier of images, with outputs (K)
   * @param x the images (N, C, H, W). Not modified.
   * @param classes the class of each image; none for the predicted ones
   * @return the maps (N, H, W), a new array of numbers of at least 0, not scaled
   * @throws IllegalArgumentException if x does not fit, the network is no classifier of images or
   *     has no layer whose output is an image, or the classes do not fit
   */
  public static NDArray map(Network network, NDArray x, int... classes) {
    Activations activations = network.activations(x);
    return map(activations, layer(activations), classes);
  }

  /**
   * Returns a heat map from a layer.
   *
   * @param network a classifier of images, with outputs (K)
   * @param layer the name of a layer whose output is (N, C, h, w)
   * @param x the images (N, C, H, W). Not modified.
   * @param classes the class of each image; none for the predicted ones
   * @return the maps (N, H, W), a new array of numbers of at least 0, not scaled
   * @throws IllegalArgumentException if x does not fit, the network is no classifier of images,
   *     there is no such layer or its output is no image, or the classes do not fit
   */
  public static NDArray map(Network network, String layer, NDArray x, int... classes) {
    return map(network.activations(x), layer, classes);
  }

  /**
   * Returns the layer that is best to ask: the last one whose output is (N, C, h, w) with more than
   * one position. It has seen most and still knows where.
   *
   * @param network a network of images (C, H, W)
   * @return the name of the layer
   * @throws IllegalArgumentException if its inputs are no images or it has no such layer
   */
  public static String layer(Network network) {
    return layer(network.activations(NDArray.zeros(network.inputShape().prepend(1))));
  }

  /**
   * Returns the layer that is best to ask, as for a network.
   *
   * @param activations the activations of images (N, C, H, W)
   * @return the name of the layer
   * @throws IllegalArgumentException if they are not those of images or there is no such layer
   */
  public static String layer(Activations activations) {
    Maps.requireImages("gradCam", activations.input().shape().dropFirst());
    List<String> names = activations.names();
    for (int i = names.size() - 1; i >= 0; i--) {
      Shape shape = activations.get(names.get(i)).shape();
      if (shape.rank() == 4 && shape.dimension(2) * shape.dimension(3) > 1) {
        return names.get(i);
      }
    }
    throw new IllegalArgumentException(
        "gradCam: expected a layer with an output (C, h, w) of several positions, got none of "
            + names);
  }

  /**
   * Returns a heat map from a layer for images whose activations have been computed already.
   *
   * @param activations the activations of a classifier of images (N, C, H, W)
   * @param layer the name of a layer whose output is (N, C, h, w)
   * @param classes the class of each image; none for the predicted ones
   * @return the maps (N, H, W), a new array of numbers of at least 0, not scaled
   * @throws IllegalArgumentException if they are not those of a classifier of images, there is no
   *     such layer or its output is no image, or the classes do not fit
   */
  public static NDArray map(Activations activations, String layer, int... classes) {
    Maps.requireImages("gradCam", activations.input().shape().dropFirst());
    NDArray y = activations.output();
    NDArray dy = ClassScores.oneHot(y.shape(), ClassScores.classes(y, classes));
    NDArray a = activations.get(layer);
    LayerOutput.requireMaps(layer, a.shape().dropFirst());
    NDArray weights = activations.gradients(dy).get(layer).mean(2, 3);
    Shape image = activations.input().shape();
    return Maps.enlarge(weightedSum(weights, a).maximum(0), image.dimension(2), image.dimension(3));
  }

  /** Returns sum over c of weights (N, C) times maps (N, C, h, w), which is (N, h, w). */
  private static NDArray weightedSum(NDArray weights, NDArray maps) {
    int positions = maps.dimension(2) * maps.dimension(3);
    int channels = maps.dimension(1);
    NDArray sum = NDArray.zeros(maps.dimension(0), maps.dimension(2), maps.dimension(3));
    double[] one = new double[positions];
    for (int n = 0; n < maps.dimension(0); n++) {
      Arrays.fill(one, 0);
      for (int c = n * channels; c < (n + 1) * channels; c++) {
        for (int i = 0; i < positions; i++) {
          one[i] += (double) weights.data()[c] * maps.data()[c * positions + i];
        }
      }
      for (int i = 0; i < positions; i++) {
        sum.data()[n * positions + i] = (float) one[i];
      }
    }
    return sum;
  }
}
