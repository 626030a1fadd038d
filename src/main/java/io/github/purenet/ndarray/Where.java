package io.github.purenet.ndarray;

/** The choice between two arrays, element by element, with broadcasting. */
final class Where {
  private final NDArray[] in;
  private final int[][] strides;
  private final NDArray out;
  private final int[] outStrides;

  private Where(NDArray[] in, NDArray out) {
    this.in = in;
    this.strides = new int[in.length][];
    for (int i = 0; i < in.length; i++) {
      strides[i] = Broadcast.strides(in[i].shape(), out.rank());
    }
    this.out = out;
    this.outStrides = out.shape().strides();
  }

  /** Returns a new array: of a where the condition is not 0, of b elsewhere. */
  static NDArray choose(NDArray condition, NDArray a, NDArray b) {
    Shape shape = Broadcast.shape("where", condition.shape(), a.shape(), b.shape());
    NDArray out = NDArray.zeros(shape);
    if (out.size() > 0) {
      new Where(new NDArray[] {condition, a, b}, out).walk(0, 0, 0, 0, 0);
    }
    return out;
  }

  /** Computes the axes from the given one on, from a position in each array. */
  private void walk(int axis, int condition, int a, int b, int to) {
    if (axis == out.rank()) {
      out.data()[to] = in[0].data()[condition] != 0 ? in[1].data()[a] : in[2].data()[b];
      return;
    }
    int n = out.dimension(axis);
    int c = strides[0][axis];
    int p = strides[1][axis];
    int q = strides[2][axis];
    if (axis < out.rank() - 1) {
      int step = outStrides[axis];
      for (int i = 0; i < n; i++) {
        walk(axis + 1, condition + i * c, a + i * p, b + i * q, to + i * step);
      }
      return;
    }
    float[] conditions = in[0].data();
    float[] as = in[1].data();
    float[] bs = in[2].data();
    float[] outs = out.data();
    for (int i = 0; i < n; i++) {
      outs[to + i] = conditions[condition + i * c] != 0 ? as[a + i * p] : bs[b + i * q];
    }
  }
}
