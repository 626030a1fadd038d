package io.github.purenet.data;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A view of images that are changed at random when they are copied, in each epoch in another way.
 */
record Augmented(Dataset images, List<Augmentation> augmentations, long seed, long epoch)
    implements Dataset {

  Augmented {
    augmentations.forEach(augmentation -> augmentation.check(images.sampleShape()));
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Shape sampleShape() {
    return images.sampleShape();
  }

  @Override
  public Shape targetShape() {
    return images.targetShape();
  }

  @Override
  public void copyTo(int index, NDArray x, NDArray t, int row) {
    Rows.check(this, index, x, t, row);
    Batch one = Batch.one(images, index);
    RandomGenerator random = new SampleRandom(seed, epoch, index);
    NDArray changed = one.x().reshape(sampleShape());
    augmentations.forEach(augmentation -> augmentation.apply(changed, random));
    System.arraycopy(changed.data(), 0, x.data(), row * changed.size(), changed.size());
    one.copyTargetTo(t, row);
  }

  @Override
  public void copyTargetTo(int index, NDArray t, int row) {
    Rows.checkTarget(this, index, t, row);
    images.copyTargetTo(index, t, row);
  }

  @Override
  public Dataset inEpoch(long number) {
    return new Augmented(images.inEpoch(number), augmentations, seed, number);
  }
}
