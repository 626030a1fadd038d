package io.github.purenet.cli;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.nn.Normalization;
import java.util.ArrayList;
import java.util.List;

/** What normalizes images: the mean and the standard deviation of each channel. */
final class Statistics {
  private static final int BATCH = 100;

  private Statistics() {}

  /**
   * Returns what normalizes images: their means and deviations; 1 for a channel whose pixels are
   * all equal.
   */
  static Normalization of(Dataset images) {
    int channels = images.sampleShape().dimension(0);
    double[] sums = new double[channels];
    double[] squares = new double[channels];
    Batch batch = Batch.allocate(images, Math.min(BATCH, images.size()));
    for (int from = 0, to; from < images.size(); from = to) {
      to = Math.min(images.size(), from + BATCH);
      batch.fill(images, from, to);
      add(batch, channels, sums, squares);
    }
    double count = (double) images.size() * images.sampleShape().size() / channels;
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double mean = sums[c] / count;
      double deviation = Math.sqrt(Math.max(0, squares[c] / count - mean * mean));
      means.add(mean);
      deviations.add(deviation > 1e-6 ? deviation : 1); // pixels are multiples of 1/255
    }
    return new Normalization(means, deviations);
  }

  private static void add(Batch batch, int channels, double[] sums, double[] squares) {
    float[] x = batch.x().data();
    int plane = batch.x().dimension(2) * batch.x().dimension(3);
    for (int i = 0; i < batch.x().size(); i++) {
      int c = i / plane % channels;
      sums[c] += x[i];
      squares[c] += (double) x[i] * x[i];
    }
  }
}
