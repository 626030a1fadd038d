package io.github.purenet.ndarray;

/**
 * The operators of two numbers, on the first numbers of arrays. Each operator has loops of its own,
 * so that the JIT compiler sees no call inside them and vectorizes them.
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
  },

  MAXIMUM {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = Math.max(a[i], b[i]);
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = Math.max(a[i], b);
      }
    }
  },

  MINIMUM {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = Math.min(a[i], b[i]);
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = Math.min(a[i], b);
      }
    }
  },

  POWER {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = power(a[i], b[i]);
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = power(a[i], b);
      }
    }
  },

  GREATER {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] > b[i] ? 1 : 0;
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] > b ? 1 : 0;
      }
    }
  },

  GREATER_EQUAL {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] >= b[i] ? 1 : 0;
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] >= b ? 1 : 0;
      }
    }
  },

  LESS {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] < b[i] ? 1 : 0;
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] < b ? 1 : 0;
      }
    }
  },

  LESS_EQUAL {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] <= b[i] ? 1 : 0;
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] <= b ? 1 : 0;
      }
    }
  },

  EQUAL {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] == b[i] ? 1 : 0;
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] == b ? 1 : 0;
      }
    }
  },

  NOT_EQUAL {
    @Override
    void apply(int n, float[] a, float[] b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] != b[i] ? 1 : 0;
      }
    }

    @Override
    void apply(int n, float[] a, float b, float[] c) {
      for (int i = 0; i < n; i++) {
        c[i] = a[i] != b ? 1 : 0;
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

  /**
   * Returns a to the power of b, computed in double. As in C and NumPy, and unlike in Java, 1 to
   * any power is 1, and so is -1 to an infinite one.
   */
  private static float power(float a, float b) {
    return a == 1 || (a == -1 && Float.isInfinite(b)) ? 1 : (float) Math.pow(a, b);
  }
}
