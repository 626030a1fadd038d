package io.github.purenet.explain;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.Network;

/**
 * Saliency, the gradient of the score of a class by the input: how much the score changes with each
 * pixel. The score is the output of the network, for a classifier the logit.
 *
 * <p>Source: Simonyan, Vedaldi and Zisserman 2014, <i>Deep Inside Convolutional Networks</i>,
 * section 3.
 */
public final class Saliency {
  private Saliency() {}

  /**
   * Returns the gradient of the score by the input.
   *
   * @param network a classifier, with outputs (K)
   * @param x the samples (N, input shape). Not modified.
   * @param classes the class of each sample; none for the predicted ones
   * @return the gradient (N, input shape), a new array
   * @throws IllegalArgumentException if x does not fit, the network is no classifier, or the
   *     classes do not fit
   */
  public static NDArray gradient(Network network, NDArray x, int... classes) {
    Activations activations = network.activations(x);
    NDArray y = activations.output();
    NDArray dy = ClassScores.oneHot(y.shape(), ClassScores.classes(y, classes));
    return activations.gradients(dy).input();
  }

  /**
   * Returns a heat map of the pixels: the largest absolute gradient over the channels.
   *
   * @param network a classifier of images, with outputs (K)
   * @param x the images (N, C, H, W). Not modified.
   * @param classes the class of each image; none for the predicted ones
   * @return the maps (N, H, W), a new array of numbers of at least 0
   * @throws IllegalArgumentException if x does not fit, the network is no classifier of images, or
   *     the classes do not fit
   */
  public static NDArray map(Network network, NDArray x, int... classes) {
    Maps.requireImages("saliency", network.inputShape());
    return Maps.largest(gradient(network, x, classes));
  }
}
