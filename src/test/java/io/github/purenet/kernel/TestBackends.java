package io.github.purenet.kernel;

import java.util.List;

/** The kernels that this JVM has: the scalar ones, and the vector ones where the module is. */
final class TestBackends {

  private TestBackends() {}

  static boolean vectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  static List<String> names() {
    return vectorModule() ? List.of("scalar", "vector") : List.of("scalar");
  }

  /** Kernels with workers of their own. */
  static Kernels kernels(String name, int threads) {
    Workers workers = new Workers(threads);
    if (name.equals("scalar")) {
      return new ScalarKernels(workers);
    }
    return new VectorKernels(workers);
  }
}
