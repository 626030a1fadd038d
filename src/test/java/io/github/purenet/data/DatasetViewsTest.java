package io.github.purenet.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samples are numbered from 0, and their class is their number modulo 3. */
class DatasetViewsTest {

  private static Dataset numbers(int n) {
    return Dataset.of(NDArray.arange(n).reshape(n, 1), NDArray.arange(n).map(i -> i % 3));
  }

  private static List<Integer> samples(Dataset dataset) {
    List<Integer> samples = new ArrayList<>();
    Batch all = dataset.all();
    NDArray target = NDArray.zeros(1);
    for (int i = 0; i < dataset.size(); i++) {
      samples.add((int) all.x().get(i, 0));
      assertThat(all.t().get(i)).isEqualTo(samples.get(i) % 3);
      dataset.copyTargetTo(i, target, 0);
      assertThat(target.item()).isEqualTo(all.t().get(i));
    }
    return samples;
  }

  @Test
  void head_and_skip_are_complements() {
    assertThat(samples(numbers(5).head(2))).containsExactly(0, 1);
    assertThat(samples(numbers(5).skip(2))).containsExactly(2, 3, 4);
    assertThat(samples(numbers(5).skip(0))).containsExactly(0, 1, 2, 3, 4);
    assertThat(numbers(5).skip(Integer.MAX_VALUE).size()).isZero();
    assertThatThrownBy(() -> numbers(5).skip(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("range: expected 0 <= from <= to <= 5, got from -1 to 5");
  }

  @Test
  void shuffle_keeps_every_sample_and_depends_on_the_seed_alone() {
    List<Integer> order = samples(numbers(50).shuffle(1));
    assertThat(order).doesNotHaveDuplicates().hasSize(50);
    assertThat(samples(numbers(50).shuffle(1))).isEqualTo(order);
    assertThat(samples(numbers(50).shuffle(2))).isNotEqualTo(order);
  }

  @Test
  void split_parts_are_disjoint_and_of_the_share_asked_for() {
    Split split = numbers(50).split(0.83, 3);
    assertThat(split.first().size()).isEqualTo(42);
    List<Integer> all = new ArrayList<>(samples(split.first()));
    all.addAll(samples(split.second()));
    assertThat(all).doesNotHaveDuplicates().hasSize(50);
    for (double bad : new double[] {0, 1, -0.1, Double.NaN}) {
      assertThatThrownBy(() -> numbers(5).split(bad, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("split: expected a share above 0 and below 1, got " + bad);
    }
  }

  @Test
  void a_stratified_split_has_the_share_of_every_class() {
    NDArray t = NDArray.arange(100).map(i -> i < 80 ? 0 : i < 95 ? 1 : 2);
    Dataset skewed = Dataset.of(NDArray.arange(100).reshape(100, 1), t);
    Split split = skewed.stratifiedSplit(0.8, 4);
    assertThat(Classes.counts(Classes.of("test", split.first()))).containsExactly(64, 12, 4);
    assertThat(Classes.counts(Classes.of("test", split.second()))).containsExactly(16, 3, 1);
    assertThat(split.first().all().x().toArray()).isNotEqualTo(NDArray.arange(80).toArray());
    NDArray rows = NDArray.zeros(4, 2);
    for (int i = 0; i < 4; i++) {
      rows.set(1, i, i % 2);
    }
    Split ofRows = Dataset.of(NDArray.zeros(4, 1), rows).stratifiedSplit(0.5, 1);
    assertThat(ofRows.first().all().t().sum(0).toArray()).containsExactly(1, 1);
  }

  @Test
  void filters_by_class() {
    assertThat(samples(numbers(8).ofClasses(2, 0))).containsExactly(0, 2, 3, 5, 6);
    assertThat(numbers(8).ofClasses(7).size()).isZero();
    assertThatThrownBy(() -> numbers(8).ofClasses(-1))
        .hasMessage("ofClasses: expected class indices, got [-1]");
    assertThatThrownBy(() -> Dataset.of(NDArray.zeros(2, 1), NDArray.of(0f, 0.5f)).ofClasses(0))
        .hasMessage("ofClasses: expected a class index, got 0.5 as target 1");
  }

  @Test
  void balanced_weights_make_classes_count_alike() {
    double[] weights = numbers(8).balancedClassWeights(4); // 3, 3, 2 and 0 samples
    assertThat(weights).containsExactly(8 / 12.0, 8 / 12.0, 1, 0);
    assertThatThrownBy(() -> numbers(8).balancedClassWeights(2))
        .hasMessage("balancedClassWeights: expected classes below 2, got 2");
  }

  @Test
  void map_changes_samples_whenever_they_are_copied() {
    Dataset mapped = numbers(4).map(x -> NDArray.of(x.item(), -x.item()));
    assertThat(mapped.sampleShape()).isEqualTo(Shape.of(2));
    assertThat(mapped.all().x().toArray()).containsExactly(0, -0f, 1, -1, 2, -2, 3, -3);
    assertThat(mapped.all().t().toArray()).containsExactly(0, 1, 2, 0);
    assertThatThrownBy(() -> numbers(4).map(x -> NDArray.zeros(1 + (int) x.item())).all())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("map: expected a sample of (1,), as the first one, got (2,) of sample 1");
    int[] calls = {0};
    Dataset cached =
        numbers(4)
            .map(
                x -> {
                  calls[0]++;
                  return x;
                })
            .cache();
    int once = calls[0];
    assertThat(samples(cached)).containsExactly(0, 1, 2, 3);
    assertThat(calls[0]).isEqualTo(once);
  }

  @Test
  void concatenates() {
    assertThat(samples(numbers(3).concatenate(numbers(6).skip(3))))
        .containsExactly(0, 1, 2, 3, 4, 5);
    assertThatThrownBy(
            () -> numbers(3).concatenate(Dataset.of(NDArray.zeros(1, 2), NDArray.zeros(1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("concatenate: expected samples of (1,) and targets of (), got (2,) and ()");
    Dataset many = Dataset.of(NDArray.zeros(1 << 30, 0), NDArray.zeros(1 << 30, 0));
    assertThatThrownBy(() -> many.concatenate(many))
        .hasMessage(
            "concatenate: expected at most 2147483647 samples, got 1073741824 and 1073741824");
  }

  @Test
  void views_of_views_compose() {
    Dataset composed =
        numbers(30).skip(3).shuffle(1).ofClasses(0, 1).head(10).concatenate(numbers(2)).skip(2);
    assertThat(samples(composed)).hasSize(10).endsWith(0, 1);
    assertThat(Arrays.asList(0, 1, 2)).doesNotContainAnyElementsOf(samples(composed.head(8)));
  }
}
