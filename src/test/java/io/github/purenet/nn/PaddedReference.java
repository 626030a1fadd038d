package io.github.purenet.nn;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A convolution, or a pool, or a convolution with a Relu and a pool behind it, as their definitions
 * say, in double: every number of every window, which is 0 or nothing where it is padding.
 */
final class PaddedReference {
  private final NDArray x;
  private final Network network;
  private final List<LayerSpec> specs;
  private Plane[] planes;

  /** The input, and the output of each layer. */
  private final Plane[][] steps;

  /** The gradients of the parameters, and dx as "x". */
  private final Map<String, double[]> gradients = new HashMap<>();

  /** A channel of an image and its gradient. */
  private static final class Plane {
    final int h;
    final int w;
    final double[] values;
    final double[] gradients;

    Plane(int h, int w) {
      this.h = h;
      this.w = w;
      values = new double[h * w];
      gradients = new double[h * w];
    }
  }

  PaddedReference(NDArray x, Network network, List<LayerSpec> specs) {
    this.x = x;
    this.network = network;
    this.specs = specs;
    int h = x.dimension(2);
    int w = x.dimension(3);
    planes = new Plane[x.dimension(0) * x.dimension(1)];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = new Plane(h, w);
      for (int j = 0; j < h * w; j++) {
        planes[i].values[j] = x.data()[i * h * w + j];
      }
    }
    steps = new Plane[specs.size() + 1][];
    steps[0] = planes;
    for (int i = 0; i < specs.size(); i++) {
      planes = compute(i, planes, false);
      steps[i + 1] = planes;
    }
  }

  Shape shape() {
    int n = x.dimension(0);
    return Shape.of(n, planes.length / n, planes[0].h, planes[0].w);
  }

  double[] y() {
    return joined(planes, false);
  }

  /** dx as "x", dW as "W", db as "b". */
  Map<String, double[]> gradients(NDArray dy) {
    int size = planes[0].values.length;
    for (int i = 0; i < dy.size(); i++) {
      planes[i / size].gradients[i % size] = dy.data()[i];
    }
    gradients.clear();
    for (int i = specs.size() - 1; i >= 0; i--) {
      planes = steps[i + 1];
      compute(i, steps[i], true);
    }
    gradients.put("x", joined(steps[0], true));
    return gradients;
  }

  private static double[] joined(Plane[] planes, boolean gradients) {
    int size = planes[0].values.length;
    double[] all = new double[planes.length * size];
    for (int i = 0; i < all.length; i++) {
      Plane plane = planes[i / size];
      all[i] = (gradients ? plane.gradients : plane.values)[i % size];
    }
    return all;
  }

  private Plane[] compute(int layer, Plane[] in, boolean backward) {
    LayerSpec spec = specs.get(layer);
    if (spec.kind().equals("relu")) {
      return relu(in, backward);
    }
    Windows windows = new Windows(spec.settings(), in[0].h, in[0].w);
    return spec.kind().equals("conv")
        ? convolve(spec, windows, in, backward)
        : pool(spec, windows, in, backward);
  }

  private Plane[] relu(Plane[] in, boolean backward) {
    Plane[] out = backward ? planes : new Plane[in.length];
    for (int i = 0; i < in.length; i++) {
      if (!backward) {
        out[i] = new Plane(in[i].h, in[i].w);
      }
      for (int j = 0; j < in[i].values.length; j++) {
        if (in[i].values[j] > 0) {
          out[i].values[j] = in[i].values[j];
          in[i].gradients[j] += out[i].gradients[j];
        }
      }
    }
    return out;
  }

  private Plane[] convolve(LayerSpec spec, Windows windows, Plane[] in, boolean backward) {
    int n = x.dimension(0);
    int channels = in.length / n;
    int filters = (Integer) spec.settings().get("filters");
    int groups = (Integer) spec.settings().get("groups");
    int c = channels / groups;
    float[] weight = network.parameters().get(0).value().toArray();
    boolean hasBias = network.parameters().size() == 2;
    float[] bias = hasBias ? network.parameters().get(1).value().toArray() : new float[filters];
    double[] dw = new double[weight.length];
    double[] db = new double[filters];
    Plane[] out = backward ? planes : new Plane[n * filters];
    int taps = windows.fh * windows.fw;
    for (int i = 0; i < out.length; i++) {
      int f = i % filters;
      int first = i / filters * channels + f / (filters / groups) * c;
      if (!backward) {
        out[i] = new Plane(windows.oh, windows.ow);
      }
      for (int at = 0; at < out[i].values.length; at++) {
        double d = out[i].gradients[at];
        double sum = bias[f];
        db[f] += d;
        for (int k = 0; k < c * taps; k++) {
          int place = windows.place(at, k % taps);
          if (place >= 0) {
            Plane plane = in[first + k / taps];
            double w = weight[f * c * taps + k];
            sum += w * plane.values[place];
            dw[f * c * taps + k] += d * plane.values[place];
            plane.gradients[place] += d * w;
          }
        }
        out[i].values[at] = sum;
      }
    }
    gradients.put("W", dw);
    gradients.put("b", db);
    return out;
  }

  private Plane[] pool(LayerSpec spec, Windows windows, Plane[] in, boolean backward) {
    Plane[] out = backward ? planes : new Plane[in.length];
    for (int i = 0; i < in.length; i++) {
      if (!backward) {
        out[i] = new Plane(windows.oh, windows.ow);
      }
      for (int at = 0; at < out[i].values.length; at++) {
        double d = out[i].gradients[at];
        out[i].values[at] =
            spec.kind().equals("maxPool")
                ? maximum(windows, at, in[i], d)
                : mean(windows, at, in[i], d, (Boolean) spec.settings().get("countIncludePad"));
      }
    }
    return out;
  }

  private static double maximum(Windows windows, int at, Plane plane, double d) {
    int best = -1;
    for (int tap = 0; tap < windows.fh * windows.fw; tap++) {
      int place = windows.place(at, tap);
      if (place >= 0 && (best < 0 || plane.values[place] > plane.values[best])) {
        best = place;
      }
    }
    plane.gradients[best] += d;
    return plane.values[best];
  }

  private static double mean(Windows windows, int at, Plane plane, double d, boolean countPad) {
    double sum = 0;
    int count = 0;
    for (int tap = 0; tap < windows.fh * windows.fw; tap++) {
      int place = windows.place(at, tap);
      sum += place >= 0 ? plane.values[place] : 0;
      count += place >= 0 || (countPad && windows.isPadding(at, tap)) ? 1 : 0;
    }
    for (int tap = 0; tap < windows.fh * windows.fw; tap++) {
      int place = windows.place(at, tap);
      if (place >= 0) {
        plane.gradients[place] += d / count;
      }
    }
    return sum / count;
  }

  /** Where windows with the given settings stand. */
  private static final class Windows {
    final int fh;
    final int fw;
    final int oh;
    final int ow;
    private final int h;
    private final int w;
    private final int[] stride;
    private final int[] dilation;

    /** Top, left, bottom, right. */
    private final int[] pad;

    Windows(Map<String, Object> settings, int h, int w) {
      this.h = h;
      this.w = w;
      int[] size = integers(settings.get("size"));
      fh = size[0];
      fw = size[1];
      stride = integers(settings.get("stride"));
      dilation =
          settings.containsKey("dilation") ? integers(settings.get("dilation")) : new int[] {1, 1};
      boolean ceil = Boolean.TRUE.equals(settings.get("ceil"));
      if (settings.get("pad").equals("same")) {
        int rows = same(h, 0, fh);
        int columns = same(w, 1, fw);
        pad = new int[] {rows / 2, columns / 2, (rows + 1) / 2, (columns + 1) / 2};
      } else {
        int[] given = integers(settings.get("pad"));
        pad = given.length == 4 ? given : new int[] {given[0], given[1], given[0], given[1]};
      }
      oh = count(h, 0, fh, ceil);
      ow = count(w, 1, fw, ceil);
    }

    private static int[] integers(Object list) {
      return ((List<?>) list).stream().mapToInt(Integer.class::cast).toArray();
    }

    private int same(int size, int axis, int window) {
      int needed = dilation[axis] * (window - 1) + 1;
      for (int i = stride[axis]; i < size; i += stride[axis]) {
        needed += stride[axis];
      }
      return Math.max(0, needed - size);
    }

    /** Counts the windows one by one. */
    private int count(int size, int axis, int window, boolean ceil) {
      int end = size + pad[axis] + pad[axis + 2];
      int count = 0;
      for (int begin = 0; ; begin += stride[axis]) {
        int past = begin + dilation[axis] * (window - 1) + 1;
        boolean reaches = begin == 0 || begin - stride[axis] + past - begin < end;
        if (past > end && !(ceil && reaches && begin < size + pad[axis])) {
          return count;
        }
        count++;
      }
    }

    private int row(int at, int tap) {
      return at / ow * stride[0] + tap / fw * dilation[0] - pad[0];
    }

    private int column(int at, int tap) {
      return at % ow * stride[1] + tap % fw * dilation[1] - pad[1];
    }

    /** The index in the image of a place of the window of an output, or -1 outside. */
    int place(int at, int tap) {
      int y = row(at, tap);
      int x = column(at, tap);
      return y >= 0 && y < h && x >= 0 && x < w ? y * w + x : -1;
    }

    /** Whether a place is padding, not beyond it. */
    boolean isPadding(int at, int tap) {
      return row(at, tap) < h + pad[2] && column(at, tap) < w + pad[3];
    }
  }
}
