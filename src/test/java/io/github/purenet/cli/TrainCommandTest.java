package io.github.purenet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainCommandTest {

  @ParameterizedTest
  @CsvSource({"20, 60000, 100, 12000", "20, 60001, 100, 12020", "3, 5, 100, 3", "2, 1, 1, 2"})
  void counts_the_steps_that_a_schedule_is_stretched_over(
      int epochs, int samples, int batchSize, long steps) {
    assertThat(TrainCommand.steps(epochs, samples, batchSize)).isEqualTo(steps);
  }

  @Test
  void counts_as_many_steps_as_the_trainer_takes() {
    Mnist mnist = Mnist.sample();
    for (int samples : new int[] {19, 20, 21}) {
      Trainer trainer =
          Trainer.builder(SimpleConvNet.builder().filters(1).hidden(2).seed(0).build())
              .epochs(2)
              .batchSize(10)
              .evaluationSamples(1)
              .build();
      int taken =
          trainer.fit(mnist.train().head(samples), mnist.test().head(1)).trainLosses().length;
      assertThat(TrainCommand.steps(2, samples, 10)).isEqualTo(taken);
    }
  }
}
