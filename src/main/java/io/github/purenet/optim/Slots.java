package io.github.purenet.optim;

/** The arrays that an optimizer keeps for one parameter, of its size, and its number of updates. */
final class Slots {
  final float[][] arrays;
  long updates;

  Slots(int count, int size) {
    arrays = new float[count][size];
  }
}
