package io.github.purenet.ndarray;

/**
 * The arithmetic operators, on the first numbers of arrays. Each operator has loops of its own, so
 * that the JIT compiler sees no call inside them and vectorizes them.
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
   * @param n the number of elements
   * @param a the left operand. Not modified, unless it is c.
   * @param b the right operand. Not modified, unless it is c.
   * @param c the result. Modified.
   */
  abstract void apply(int n, float[] a, float[] b, float[] c);

  /**
   * Computes {@code c[i] = a[i] op b} for i from 0 to n - 1.
   *
   * @param n the number of elements
   * @param a the left operand. Not modified, unless it is c.
   * @param b the right operand
   * @param c the result. Modified.
   */
  abstract void apply(int n, float[] a, float b, float[] c);
}
