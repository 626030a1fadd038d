package io.github.purenet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  private static NDArray image() {
    return NDArray.arange(60).add(1).reshape(2, 5, 6);
  }

  private static NDArray changed(Augmentation augmentation, long seed) {
    NDArray image = image();
    augmentation.apply(image, new SampleRandom(seed, 0, 0));
    return image;
  }

  /** A generator whose every number lies at this share of its range. */
  private static RandomGenerator always(double share) {
    long bits = (long) (share * 0x1p53) << 11;
    return () -> bits;
  }

  @Test
  void a_flip_mirrors_rows_for_half_of_the_images() {
    NDArray mirrored = image();
    Augmentation.flip().apply(mirrored, () -> -1);
    for (int c = 0; c < 2; c++) {
      for (int h = 0; h < 5; h++) {
        for (int w = 0; w < 6; w++) {
          assertThat(mirrored.get(c, h, w)).isEqualTo(image().get(c, h, 5 - w));
        }
      }
    }
    long flips =
        IntStream.range(0, 1000)
            .filter(i -> changed(Augmentation.flip(), i).get(0, 0, 0) == 6)
            .count();
    assertThat(flips).isBetween(420L, 580L);
  }

  @Test
  void a_crop_shifts_by_whole_pixels_in_every_direction() {
    boolean[][] seen = new boolean[5][5];
    for (int seed = 0; seed < 500; seed++) {
      NDArray shifted = changed(Augmentation.crop(2), seed);
      int found = 0;
      for (int down = -2; down <= 2; down++) {
        for (int right = -2; right <= 2; right++) {
          if (isShifted(shifted, down, right)) {
            seen[down + 2][right + 2] = true;
            found++;
          }
        }
      }
      assertThat(found).as("seed %d: %s", seed, shifted).isEqualTo(1);
    }
    assertThat(seen).isDeepEqualTo(new boolean[][] {all(), all(), all(), all(), all()});
  }

  private static boolean[] all() {
    return new boolean[] {true, true, true, true, true};
  }

  private static boolean isShifted(NDArray image, int down, int right) {
    for (int c = 0; c < 2; c++) {
      for (int h = 0; h < 5; h++) {
        for (int w = 0; w < 6; w++) {
          int y = h - down;
          int x = w - right;
          float expected = y < 0 || y >= 5 || x < 0 || x >= 6 ? 0 : image().get(c, y, x);
          if (image.get(c, h, w) != expected) {
            return false;
          }
        }
      }
    }
    return true;
  }

  @Test
  void a_crop_wider_than_the_image_leaves_nothing() {
    NDArray image = image();
    Augmentation.crop(100).apply(image, always(0));
    assertThat(image.toArray()).containsOnly(0);
  }

  @Test
  void brightness_adds_and_contrast_keeps_the_mean() {
    NDArray brighter = image();
    Augmentation.brightness(2).apply(brighter, always(0.75));
    assertThat(brighter.subtract(image()).toArray()).containsOnly(1);
    NDArray flat = image();
    Augmentation.contrast(0.5, 1.5).apply(flat, always(0));
    assertThat(flat.mean()).isEqualTo(image().mean());
    assertThat(flat.max() - flat.mean()).isCloseTo((60 - 30.5f) / 2, within(1e-4f));
  }

  @Test
  void cutout_clears_a_square_in_all_channels_as_far_as_it_is_inside() {
    NDArray middle = image();
    Augmentation.cutout(3).apply(middle, always(0.5));
    NDArray expected = image();
    for (int c = 0; c < 2; c++) {
      for (int h = 1; h < 4; h++) {
        for (int w = 2; w < 5; w++) {
          expected.set(0, c, h, w);
        }
      }
    }
    assertThat(middle.toArray()).isEqualTo(expected.toArray());
    NDArray corner = image();
    Augmentation.cutout(3).apply(corner, always(0));
    assertThat(corner.toArray()).hasSize(60).contains(0f, 3f, 15f);
    assertThat(IntStream.range(0, 60).filter(i -> corner.data()[i] == 0).count()).isEqualTo(8);
    assertThat(changed(Augmentation.cutout(Integer.MAX_VALUE), 1).size()).isEqualTo(60);
  }

  @Test
  void a_warp_by_nothing_changes_nothing() {
    assertThat(changed(Warp.none(), 1).toArray()).isEqualTo(image().toArray());
  }

  @Test
  void a_warp_shifts_rotates_and_scales_as_it_says() {
    NDArray shifted = image();
    Warp.none().shift(2).apply(shifted, always(1 - 0x1p-53)); // by 2 down and right, nearly
    assertThat(shifted.get(0, 2, 2)).isCloseTo(1f, within(1e-4f));
    assertThat(shifted.get(1, 4, 5)).isCloseTo(image().get(1, 2, 3), within(1e-4f));
    assertThat(shifted.get(0, 0, 0)).isCloseTo(0f, within(1e-4f));

    NDArray square = NDArray.arange(25).reshape(1, 5, 5);
    NDArray turned = square.copy();
    Warp.none().rotate(90).apply(turned, always(1 - 0x1p-53));
    for (int h = 0; h < 5; h++) {
      for (int w = 0; w < 5; w++) {
        assertThat(turned.get(0, h, w)).isCloseTo(square.get(0, 4 - w, h), within(1e-3f));
      }
    }

    NDArray larger = square.copy();
    Warp.none().zoom(2, 2).apply(larger, always(0));
    assertThat(larger.get(0, 2, 2)).isEqualTo(12);
    assertThat(larger.get(0, 0, 0)).isEqualTo(square.get(0, 1, 1));
    assertThat(larger.get(0, 2, 3)).isEqualTo(12.5f);
  }

  @Test
  void an_elastic_distortion_moves_pixels_smoothly() {
    NDArray ramp = NDArray.arange(28 * 28).map(i -> i % 28).reshape(1, 28, 28);
    NDArray distorted = ramp.copy();
    Warp.none().elastic(34, 4).apply(distorted, new Random(3));
    double moved = 0;
    double roughness = 0;
    for (int h = 8; h < 20; h++) {
      for (int w = 8; w < 20; w++) {
        double by = distorted.get(0, h, w) - w;
        moved = Math.max(moved, Math.abs(by));
        roughness = Math.max(roughness, Math.abs(distorted.get(0, h, w + 1) - (w + 1) - by));
      }
    }
    assertThat(moved).isBetween(0.3, 8.0);
    assertThat(roughness).isLessThan(moved / 2);
  }

  @Test
  void the_same_seed_epoch_and_image_give_the_same_bits_in_any_order() {
    Dataset images =
        Dataset.of(NDArray.uniform(Shape.of(9, 1, 12, 12), 0, 1, new Random(1)), NDArray.arange(9));
    Dataset augmented =
        images.augment(
            5,
            Warp.none().shift(1).rotate(15).zoom(0.9, 1.1).elastic(20, 3),
            Augmentation.flip(),
            Augmentation.crop(1),
            Augmentation.brightness(0.1),
            Augmentation.contrast(0.8, 1.2),
            Augmentation.cutout(3));
    float[] all = augmented.all().x().toArray();
    NDArray x = NDArray.zeros(1, 1, 12, 12);
    NDArray t = NDArray.zeros(1);
    for (int i = 8; i >= 0; i--) {
      augmented.copyTo(i, x, t, 0);
      assertThat(x.toArray()).isEqualTo(Arrays.copyOfRange(all, i * 144, i * 144 + 144));
      assertThat(t.item()).isEqualTo(i);
    }
    assertThat(augmented.inEpoch(0).all().x().toArray()).isEqualTo(all);
    assertThat(augmented.inEpoch(1).all().x().toArray()).isNotEqualTo(all);
    assertThat(augmented.head(4).skip(1).inEpoch(1).all().x().toArray())
        .isEqualTo(augmented.inEpoch(1).head(4).skip(1).all().x().toArray());
    assertThat(images.augment(6, Augmentation.crop(3)).all().x().toArray())
        .isNotEqualTo(images.augment(5, Augmentation.crop(3)).all().x().toArray());
    assertThat(images.all().x().toArray()).as("the images themselves").isNotEqualTo(all);
  }

  @Test
  void mixup_mixes_samples_and_targets_alike() {
    int n = 400;
    NDArray x = NDArray.arange(n).reshape(n, 1);
    NDArray t = NDArray.arange(n).map(i -> i % 4);
    Dataset mixed = Dataset.of(x, t).mixup(0.4, 4, 7);
    assertThat(mixed.targetShape()).isEqualTo(Shape.of(4));
    NDArray got = mixed.all().t();
    double nearOne = 0;
    for (int i = 0; i < n; i++) {
      float sum = 0;
      for (int k = 0; k < 4; k++) {
        sum += got.get(i, k);
        assertThat(got.get(i, k)).isBetween(0f, 1f);
      }
      assertThat(sum).isCloseTo(1, within(1e-6f));
      nearOne += got.get(i, i % 4);
    }
    // The own class has a share of 1/2 on average, and a fourth of the other half.
    assertThat(nearOne / n).isCloseTo(0.625, within(0.06));
    Dataset oneHot = Dataset.of(NDArray.zeros(2, 3), NDArray.of(Shape.of(2, 2), 1, 0, 0, 1));
    assertThat(oneHot.mixup(1, 2, 1).all().t().sum(1).toArray()).containsExactly(1, 1);
  }

  /** Mean 1/2 and variance 1 / (4 (2 alpha + 1)), within four standard errors. */
  @Test
  void beta_has_the_moments_of_its_distribution() {
    long seed = 20261125;
    RandomGenerator random = new SampleRandom(seed, 0, 0);
    int n = 20_000;
    for (double alpha : new double[] {0.01, 0.2, 1, 3}) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double value = Beta.symmetric(alpha, random);
        assertThat(value).isBetween(0.0, 1.0);
        sum += value;
        squares += (value - 0.5) * (value - 0.5);
      }
      double variance = 1 / (4 * (2 * alpha + 1));
      assertThat(sum / n)
          .as("seed %d, alpha %s", seed, alpha)
          .isCloseTo(0.5, within(4 * Math.sqrt(variance / n)));
      assertThat(squares / n).isCloseTo(variance, within(4 * 0.25 / Math.sqrt(n)));
    }
  }

  @Test
  void normalize_shifts_and_scales_each_channel() {
    Dataset images = Dataset.of(image().reshape(1, 2, 5, 6), NDArray.zeros(1));
    NDArray x = images.normalize(new double[] {1, 31}, new double[] {2, 4}).all().x();
    assertThat(x.get(0, 0, 0, 2)).isEqualTo(1);
    assertThat(x.get(0, 1, 0, 2)).isEqualTo(0.5f);
    assertThat(images.all().x().toArray()).isEqualTo(image().toArray());
  }

  @Test
  void says_what_does_not_fit() {
    Dataset numbers = Dataset.of(NDArray.zeros(2, 3), NDArray.zeros(2, 3, 4));
    assertThatThrownBy(() -> numbers.augment(1, Augmentation.flip()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("augment: expected images (C, H, W), got samples of (3,)");
    assertThatThrownBy(() -> Augmentation.crop(-1))
        .hasMessage("crop: expected a pad of at least 0, got -1");
    assertThatThrownBy(() -> Augmentation.cutout(0))
        .hasMessage("cutout: expected a size of at least 1, got 0");
    for (double bad : new double[] {-1, Double.NaN, 1e39}) {
      assertThatThrownBy(() -> Augmentation.brightness(bad))
          .hasMessage("brightness: expected at least 0, finite, got " + bad);
    }
    assertThatThrownBy(() -> Augmentation.contrast(2, 1))
        .hasMessage("contrast: expected 0 <= least <= most, finite, got 1.0");
    for (Runnable bad :
        List.<Runnable>of(
            () -> Warp.none().shift(-1),
            () -> Warp.none().rotate(181),
            () -> Warp.none().zoom(0, 1),
            () -> Warp.none().zoom(2, 1),
            () -> Warp.none().elastic(Double.NaN, 1),
            () -> Warp.none().elastic(1, 1e9))) {
      assertThatThrownBy(bad::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("warp: expected ");
    }
    assertThatThrownBy(() -> numbers.mixup(0.2, 3, 1))
        .hasMessage("mixup: expected class indices or rows of 3 classes as targets, got (3, 4)");
    assertThatThrownBy(() -> numbers.mixup(0, 3, 1))
        .hasMessage("mixup: expected an alpha above 0, at most 1000, got 0.0");
    assertThatThrownBy(() -> numbers.normalize(new double[1], new double[1]))
        .hasMessage(
            "normalize: expected images (C, H, W) and C means and deviations, got (3,), 1 and 1");
  }
}
