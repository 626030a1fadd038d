package io.github.purenet.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies pieces of rows into a panel of the right operand. A cut is at most a vector long: where it
 * begins in the source but for the row's distance, which table of {@code taps} has the distances,
 * and its first column of the panel. A vector may write over the end of its cut, where the next one
 * will stand.
 *
 * <p>Each cut costs a load and a store; the numbers that tell where are kept in local variables, or
 * they would cost more.
 */
final class VectorPanels {
  private static final VectorSpecies<Float> S = VectorTiles.S;

  private VectorPanels() {}

  /**
   * Lays one panel.
   *
   * @param count cuts, three numbers each; the array has room for four cuts
   */
  static void lay(
      int depth,
      int[] cuts,
      int count,
      int[] taps,
      float[] source,
      float[] panels,
      int panel,
      int width) {
    boolean oneTable = count <= 12;
    for (int i = 3; i < count; i += 3) {
      oneTable &= cuts[i + 1] == cuts[1];
    }
    if (!oneTable) {
      layAny(depth, cuts, count, taps, source, panels, panel, width);
      return;
    }
    int table = cuts[1];
    for (int i = count; i < 12; i++) {
      cuts[i] = cuts[i - 3]; // copied once more, which does no harm
    }
    if (count <= 6) {
      layTwo(depth, cuts, taps, table, source, panels, panel, width);
    } else {
      layFour(depth, cuts, taps, table, source, panels, panel, width);
    }
  }

  private static void layTwo(
      int depth,
      int[] cuts,
      int[] taps,
      int table,
      float[] source,
      float[] panels,
      int panel,
      int width) {
    int from0 = cuts[0];
    int to0 = cuts[2];
    int from1 = cuts[3];
    int to1 = cuts[5];
    int to = panel;
    for (int p = 0; p < depth; p++, to += width) {
      int tap = taps[table + p];
      FloatVector.fromArray(S, source, from0 + tap).intoArray(panels, to + to0);
      FloatVector.fromArray(S, source, from1 + tap).intoArray(panels, to + to1);
    }
  }

  private static void layFour(
      int depth,
      int[] cuts,
      int[] taps,
      int table,
      float[] source,
      float[] panels,
      int panel,
      int width) {
    int from0 = cuts[0];
    int to0 = cuts[2];
    int from1 = cuts[3];
    int to1 = cuts[5];
    int from2 = cuts[6];
    int to2 = cuts[8];
    int from3 = cuts[9];
    int to3 = cuts[11];
    int to = panel;
    for (int p = 0; p < depth; p++, to += width) {
      int tap = taps[table + p];
      FloatVector.fromArray(S, source, from0 + tap).intoArray(panels, to + to0);
      FloatVector.fromArray(S, source, from1 + tap).intoArray(panels, to + to1);
      FloatVector.fromArray(S, source, from2 + tap).intoArray(panels, to + to2);
      FloatVector.fromArray(S, source, from3 + tap).intoArray(panels, to + to3);
    }
  }

  private static void layAny(
      int depth,
      int[] cuts,
      int count,
      int[] taps,
      float[] source,
      float[] panels,
      int panel,
      int width) {
    int to = panel;
    for (int p = 0; p < depth; p++, to += width) {
      for (int i = 0; i < count; i += 3) {
        FloatVector.fromArray(S, source, cuts[i] + taps[cuts[i + 1] + p])
            .intoArray(panels, to + cuts[i + 2]);
      }
    }
  }
}
