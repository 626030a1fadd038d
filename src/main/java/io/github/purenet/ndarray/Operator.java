package io.github.purenet.ndarray;

/**
 * Arithmetic on two runs of numbers that begin at 0. Each operator has loops of its own, so that
 * the JIT compiler sees no call inside of them and makes vectors of them.
 */
enum Operator {
  ADD {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] + b[i];
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] + b;
      }
    }
  },

  SUBTRACT {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] - b[i];
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] - b;
      }
    }
  },

  MULTIPLY {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] * b[i];
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] * b;
      }
    }
  },

  DIVIDE {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] / b[i];
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] / b;
      }
    }
  };

  /**
   * Computes {@code c[i] = a[i] op b[i]} for i from 0 to n - 1.
   *
   * @param n how many numbers
   * @param a left operand. Not modified, unless it is c.
   * @param b right operand. Not modified, unless it is c.
   * @param c result. Modified.
   */
  abstract void apply(int n, float[] a, float[] b, float[] c);

  /**
   * Computes {@code c[i] = a[i] op b} for i from 0 to n - 1.
   *
   * @param n how many numbers
   * @param a left operand. Not modified, unless it is c.
   * @param b right operand
   * @param c result. Modified.
   */
  abstract void apply(int n, float[] a, float b, float[] c);
}
