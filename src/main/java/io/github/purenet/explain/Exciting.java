package io.github.purenet.explain;

import static java.util.Comparator.reverseOrder;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.ReceptiveField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A sample that excites a channel of a layer much, and which part of it does.
 *
 * <p>Source: Zeiler and Fergus 2014, <i>Visualizing and Understanding Convolutional Networks</i>,
 * section 4, where patches of images stand beside what they excite.
 *
 * @param index the index of the sample in its data set
 * @param channel the channel of the layer, or the unit of a layer whose output is (D)
 * @param row the row of the largest activation in the output of the layer; 0 if that is (D)
 * @param column the column of the largest activation in the output of the layer; 0 if that is (D)
 * @param activation the largest activation of the channel for this sample
 * @param part the part of the image that this activation depends on
 */
public record Exciting(
    int index, int channel, int row, int column, float activation, ReceptiveField part) {

  /**
   * Returns the samples of a data set that excite a channel most, by its largest activation
   * anywhere in the image.
   *
   * @param network a network of images (C, H, W)
   * @param layer the name of a layer whose output is (N, C, h, w) or (N, D)
   * @param channel a channel of the layer, from 0 to C - 1, or a unit from 0 to D - 1
   * @param dataset the samples, which are read a few at a time
   * @param count the number of samples to return, at least 1
   * @return the samples, the most exciting first; fewer if the data set is smaller
   * @throws IllegalArgumentException if there is no such layer or channel, the samples do not fit,
   *     or the count is out of range
   */
  public static List<Exciting> of(
      Network network, String layer, int channel, Dataset dataset, int count) {
    LayerOutput.requireChannel(layer, LayerOutput.shape(network, layer), channel);
    return search(network, layer, dataset, count, channel, channel + 1).get(0);
  }

  /**
   * Returns, for each channel of a layer, the samples of a data set that excite it most. The data
   * set is read once for all channels.
   *
   * @param network a network of images (C, H, W)
   * @param layer the name of a layer whose output is (N, C, h, w) or (N, D)
   * @param dataset the samples, which are read a few at a time
   * @param count the number of samples for each channel, at least 1
   * @return a list for each channel, with its samples as for one channel
   * @throws IllegalArgumentException if there is no such layer, the samples do not fit, or the
   *     count is out of range
   */
  public static List<List<Exciting>> ofAll(
      Network network, String layer, Dataset dataset, int count) {
    Shape output = LayerOutput.shape(network, layer);
    LayerOutput.requireChannels(layer, output);
    return search(network, layer, dataset, count, 0, output.dimension(0));
  }

  /** Searches for the channels from {@code first} to {@code end - 1}. */
  private static List<List<Exciting>> search(
      Network network, String layer, Dataset dataset, int count, int first, int end) {
    if (count < 1) {
      throw new IllegalArgumentException("exciting: expected a count of at least 1, got " + count);
    }
    Maps.requireImages("exciting", network.inputShape());
    List<Queue<Peak>> best = new ArrayList<>();
    for (int c = first; c < end; c++) {
      best.add(new PriorityQueue<>(Peak.ORDER));
    }
    int rows = Chunks.rows(dataset.sampleShape());
    Batch batch = Batch.allocate(dataset, Math.min(rows, dataset.size()));
    for (int from = 0, to; from < dataset.size(); from = to) {
      to = Math.min(dataset.size(), from + rows);
      batch.fill(dataset, from, to);
      NDArray activations = network.activations(batch.x()).get(layer);
      for (int i = from; i < to; i++) {
        for (int c = first; c < end; c++) {
          offer(best.get(c - first), count, Peak.of(activations, i, i - from, c));
        }
      }
    }
    return best.stream().map(peaks -> sorted(network, layer, peaks)).toList();
  }

  private static void offer(Queue<Peak> best, int count, Peak peak) {
    best.add(peak);
    if (best.size() > count) {
      best.remove();
    }
  }

  private static List<Exciting> sorted(Network network, String layer, Queue<Peak> peaks) {
    return peaks.stream().sorted(Peak.ORDER.reversed()).map(p -> p.in(network, layer)).toList();
  }

  /** The largest activation of a channel for a sample, the first of equals. */
  private record Peak(int index, int channel, int row, int column, float activation) {
    /** The least exciting first; of equals, the last in the data set. */
    static final Comparator<Peak> ORDER =
        Comparator.comparing(Peak::activation).thenComparing(Peak::index, reverseOrder());

    static Peak of(NDArray activations, int index, int row, int channel) {
      int channels = activations.dimension(1);
      int positions = activations.size() / activations.dimension(0) / channels;
      int width = activations.rank() == 4 ? activations.dimension(3) : 1;
      int from = (row * channels + channel) * positions;
      float[] data = activations.data();
      int largest = 0;
      for (int i = 1; i < positions; i++) {
        largest = Float.compare(data[from + i], data[from + largest]) > 0 ? i : largest;
      }
      return new Peak(index, channel, largest / width, largest % width, data[from + largest]);
    }

    Exciting in(Network network, String layer) {
      ReceptiveField part = ReceptiveField.of(network, layer, row, column);
      return new Exciting(index, channel, row, column, activation, part);
    }
  }
}
