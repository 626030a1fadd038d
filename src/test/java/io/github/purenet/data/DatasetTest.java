package io.github.purenet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final Dataset IMAGES =
      Dataset.ofImages(Shape.of(1, 1, 2), new byte[] {0, 51, -1, 102, 5, 6}, new byte[] {7, -1, 9});

  @Test
  void pixels_become_floats_from_0_to_1_in_a_batch() {
    Batch batch = Batch.allocate(IMAGES, 2);
    batch.fill(IMAGES, new int[] {2, 1, 0}, 1, 3);
    assertThat(batch.x().shape()).isEqualTo(Shape.of(2, 1, 1, 2));
    assertThat(batch.x().toArray()).containsExactly(1f, 0.4f, 0f, 0.2f);
    assertThat(batch.t().toArray()).containsExactly(255, 7);
  }

  @Test
  void a_smaller_last_batch_is_a_view_of_its_own_size() {
    Batch batch = Batch.allocate(IMAGES, 2);
    batch.fill(IMAGES, 0, 2);
    NDArray whole = batch.x();
    batch.fill(IMAGES, 2, 3);
    assertThat(batch.x().shape()).isEqualTo(Shape.of(1, 1, 1, 2));
    assertThat(batch.x().data()).isSameAs(whole.data());
    assertThat(batch.t().toArray()).containsExactly(9);
  }

  @Test
  void the_head_is_the_first_samples() {
    assertThat(IMAGES.head(2).size()).isEqualTo(2);
    assertThat(IMAGES.head(2).all().t().toArray()).containsExactly(7, 255);
    assertThat(IMAGES.head(9)).isSameAs(IMAGES);
    assertThat(IMAGES.head(0).all().x().shape()).isEqualTo(Shape.of(0, 1, 1, 2));
  }

  @Test
  void arrays_serve_as_they_are() {
    Dataset dataset =
        Dataset.of(NDArray.arange(12).reshape(3, 2, 2), NDArray.arange(6).reshape(3, 2));
    assertThat(dataset.sampleShape()).isEqualTo(Shape.of(2, 2));
    assertThat(dataset.targetShape()).isEqualTo(Shape.of(2));
    Batch batch = Batch.allocate(dataset, 2);
    batch.fill(dataset, new int[] {2, 0}, 0, 2);
    assertThat(batch.x().toArray()).containsExactly(8, 9, 10, 11, 0, 1, 2, 3);
    assertThat(batch.t().toArray()).containsExactly(4, 5, 0, 1);
  }

  @Test
  void says_what_does_not_fit() {
    assertThatThrownBy(() -> Dataset.ofImages(Shape.of(1, 2, 2), new byte[8], new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data set: expected 12 bytes for 3 labels and images of (1, 2, 2), got 8");
    assertThatThrownBy(() -> Dataset.of(NDArray.zeros(3, 2), NDArray.zeros(2)))
        .hasMessage("data set: expected as many targets as samples, got t of (2,) for x of (3, 2)");
    assertThatThrownBy(() -> IMAGES.head(-1))
        .hasMessage("head: expected a count of at least 0, got -1");
    assertThatThrownBy(() -> Batch.allocate(IMAGES, 1).fill(IMAGES, 0, 2))
        .hasMessage("batch: expected at most 1 samples, got 2");
  }

  @Test
  void enlarged_images_repeat_every_pixel() {
    NDArray x = NDArray.arange(8).reshape(2, 1, 2, 2);
    Dataset large = Dataset.of(x, NDArray.of(3f, 4f)).enlarge(2);
    assertThat(large.sampleShape()).isEqualTo(Shape.of(1, 4, 4));
    assertThat(large.all().t().toArray()).containsExactly(3, 4);
    assertThat(large.all().x().at(1).toArray())
        .containsExactly(4, 4, 5, 5, 4, 4, 5, 5, 6, 6, 7, 7, 6, 6, 7, 7);
    assertThatThrownBy(() -> large.enlarge(0))
        .hasMessage(
            "enlarge: expected images (C, H, W) and a factor of at least 1, got (1, 4, 4) and 0");
  }
}
