package io.github.purenet.nn;

import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A pool of passes that are idle between runs, so that concurrent callers share no pass and
 * allocate none anew. A pass whose run has failed is not given back. The garbage collector may
 * reclaim idle passes when memory is short.
 */
final class PassPool {
  private final boolean training;
  private final AtomicReferenceArray<SoftReference<Pass>> idle = new AtomicReferenceArray<>(32);

  PassPool(boolean training) {
    this.training = training;
  }

  /** Returns an idle pass, or a new one if there is none. */
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

  /** Ends the run of a pass and returns the pass to the pool, unless that is full. */
  void giveBack(Pass pass) {
    pass.endRun();
    SoftReference<Pass> reference = new SoftReference<>(pass);
    for (int i = 0; i < idle.length(); i++) {
      if (idle.getPlain(i) == null && idle.compareAndSet(i, null, reference)) {
        return;
      }
    }
  }
}
