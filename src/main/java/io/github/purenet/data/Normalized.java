package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.Locale;

/** A view of images (C, H, W) whose channels are shifted and scaled. */
final class Normalized {

  private Normalized() {}

  static Dataset of(Dataset images, double[] mean, double[] deviation) {
    Shape shape = images.sampleShape();
    if (shape.rank() != 3
        || mean.length != shape.dimension(0)
        || deviation.length != shape.dimension(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "normalize: expected images (C, H, W) and C means and deviations, got %s, %d and %d",
              shape,
              mean.length,
              deviation.length));
    }
    for (int c = 0; c < mean.length; c++) {
      if (!Float.isFinite((float) mean[c])
          || !((float) deviation[c] > 0 && Float.isFinite((float) deviation[c]))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "normalize: expected finite means and deviations above 0, got %s and %s",
                Arrays.toString(mean),
                Arrays.toString(deviation)));
      }
    }
    double[] means = mean.clone();
    double[] deviations = deviation.clone();
    return new Mapped(images, image -> normalize(image, means, deviations), shape);
  }

  private static NDArray normalize(NDArray image, double[] mean, double[] deviation) {
    int plane = image.dimension(1) * image.dimension(2);
    for (int i = 0; i < image.size(); i++) {
      int c = i / plane;
      image.data()[i] = (float) ((image.data()[i] - mean[c]) / deviation[c]);
    }
    return image;
  }
}
