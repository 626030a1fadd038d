package io.github.purenet.nn;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Passes between journeys, so that concurrent callers share nothing and allocate nothing. The
 * garbage collector may take what lies idle when memory is short.
 */
final class PassPool {
  private final boolean training;
  private final AtomicReferenceArray<SoftReference<Pass>> idle = new AtomicReferenceArray<>(32);

  PassPool(boolean training) {
    this.training = training;
  }

  Pass take() {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.getPlain(i) != null) {
        SoftReference<Pass> reference = idle.getAndSet(i, null);
        Pass pass = reference == null ? null : reference.get();
        if (pass != null) {
          return pass;
        }
      }
    }
    return training ? Pass.training() : Pass.inference();
  }

  void giveBack(Pass pass) {
    pass.endJourney();
    SoftReference<Pass> reference = new SoftReference<>(pass);
    for (int i = 0; i < idle.length(); i++) {
      if (idle.getPlain(i) == null && idle.compareAndSet(i, null, reference)) {
        return;
      }
    }
  }
}
