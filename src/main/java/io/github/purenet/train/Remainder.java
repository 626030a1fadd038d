package io.github.purenet.train;

/**
 * What becomes of the samples that are left in an epoch when its batches are full, fewer than a
 * batch.
 */
public enum Remainder {
  /** They are a batch of their own, smaller than the others. */
  KEEP,

  /** They are not visited in this epoch; the next one has another order. */
  DROP,

  /**
   * They are a batch of their own unless they are too few for a layer, such as one sample for a
   * batch normalization; they then join the batch before, which becomes larger than the others.
   */
  MERGE
}
