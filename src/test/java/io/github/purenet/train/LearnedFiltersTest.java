package io.github.purenet.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.data.Mnist;
import io.github.purenet.explain.FilterSmoothness;
import io.github.purenet.io.Npz;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.optim.Adam;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Training turns noise into edges and blobs, measured by {@link FilterSmoothness}. */
class LearnedFiltersTest {

  /**
   * From -0.02 to 0.55 with this seed, to 0.47 and more with others, to 0.71 with more training.
   */
  @Test
  void filters_of_the_first_layer_become_smooth() {
    SimpleConvNet network = SimpleConvNet.of(1);
    NDArray weight = network.parameter("W1").value();
    double before = FilterSmoothness.mean(weight);
    Trainer.builder(network)
        .optimizer(new Adam(0.002))
        .epochs(1)
        .batchSize(20)
        .build()
        .fit(Mnist.sample().train().head(600));

    assertThat(before).isBetween(-0.15, 0.15);
    assertThat(FilterSmoothness.mean(weight)).isGreaterThan(0.35);
  }

  @Test
  void filters_of_the_book_are_smooth() throws IOException {
    NDArray book = Npz.read(Path.of("src/test/golden/simple_convnet_book.npz")).get("W1");

    assertThat(FilterSmoothness.mean(book)).isGreaterThan(0.5);
  }
}
