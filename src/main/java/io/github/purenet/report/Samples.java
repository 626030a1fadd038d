package io.github.purenet.report;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.html.Html;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Normalization;
import java.util.List;

/** The samples of a report, as the network gets them and as a person sees them. */
record Samples(Network network, Dataset dataset) {

  /** Returns whether the samples are images of one or three channels, (C, H, W). */
  boolean areImages() {
    Shape shape = dataset.sampleShape();
    return shape.rank() == 3 && (shape.dimension(0) == 1 || shape.dimension(0) == 3);
  }

  /** Writes why there are no pictures of samples. */
  void sayNoImages(Html html) {
    Pictures.missing(
        html,
        "The samples are no images of one or three channels: they are of shape "
            + dataset.sampleShape()
            + ".");
  }

  /** Returns samples as the network gets them, (N, sample shape), a new array. */
  NDArray inputs(List<Integer> indices) {
    int[] array = indices.stream().mapToInt(Integer::intValue).toArray();
    Batch batch = Batch.allocate(dataset, array.length);
    batch.fill(dataset, array, 0, array.length);
    return batch.x();
  }

  /** Returns an image (C, H, W) as it was before it was normalized, a new array. */
  NDArray image(int index) {
    NDArray x = inputs(List.of(index)).at(0);
    return network.normalization().map(by -> restored(x, by)).orElse(x);
  }

  private static NDArray restored(NDArray x, Normalization by) {
    NDArray image = NDArray.zeros(x.shape());
    int positions = x.size() / x.dimension(0);
    for (int i = 0; i < x.size(); i++) {
      int channel = i / positions;
      double pixel = x.data()[i] * by.deviation().get(channel) + by.mean().get(channel);
      image.data()[i] = (float) Math.max(0, Math.min(1, pixel)); // rounding may exceed the range
    }
    return image;
  }
}
