package io.github.purenet.optim;

/** What an optimizer keeps of one parameter: arrays of its size, and how often it was updated. */
final class Slots {
  final float[][] arrays;
  long updates;

  Slots(int count, int size) {
    arrays = new float[count][size];
  }
}
