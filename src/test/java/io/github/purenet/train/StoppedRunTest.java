package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.relu;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.data.Augmentation;
import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import io.github.purenet.testing.Jvm;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is told to end, by Ctrl-C or {@code kill}, ends its training with a checkpoint,
 * from which another process goes on to the same bits.
 */
class StoppedRunTest {
  private static final int EPOCHS = 50;
  private static final int STEPS = 4;

  /** What a process ends with that SIGTERM, number 15, has ended. */
  private static final int TERMINATED = 128 + 15;

  @TempDir Path folder;

  private static Network network() {
    return Network.of(
        Shape.of(1, 28, 28),
        3,
        conv(2, 5).stride(3),
        batchNorm(),
        relu(),
        dropout(0.3),
        affine(10));
  }

  private static Dataset train() {
    return Mnist.sample().train().head(40).augment(5, Augmentation.crop(1));
  }

  private static Trainer.Builder builder(Network network) {
    return Trainer.builder(network).epochs(EPOCHS).batchSize(10).evaluationSamples(10);
  }

  /** A training that says when it has begun, and takes ten seconds if nobody stops it. */
  static final class Slowly {
    public static void main(String[] arguments) {
      Listener slow =
          new Listener() {
            @Override
            public void stepEnded(Step step) {
              if (step.epoch() == 1) {
                System.out.println("step " + step.number());
              }
              try {
                Thread.sleep(50);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }

            @Override
            public void epochEnded(Epoch epoch) {}
          };
      History history =
          builder(network())
              .stopOnShutdown()
              .listener(slow)
              .listener(new Checkpoints(Path.of(arguments[0])).everyEpochs(EPOCHS))
              .build()
              .fit(train());
      System.out.println("ended: " + history.ending());
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which ends a process without telling it
  void goes_on_to_the_bits_of_one_that_was_never_stopped() throws Exception {
    Process process =
        Jvm.of(Slowly.class, Jvm.modules(), folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.readLine()).isEqualTo("step 1");
      assertThat(output.readLine()).isEqualTo("step 2");
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(TERMINATED);

    Network undisturbed = network();
    History expected = builder(undisturbed).build().fit(train());
    Network resumed = network();
    int[] left = new int[1];
    Listener counter = epoch -> left[0]++;
    History history = builder(resumed).listener(counter).build().resume(folder, train());
    assertThat(left[0]).as("epochs that were left").isGreaterThan(EPOCHS / 2);
    assertThat(history.trainLosses()).hasSize(EPOCHS * STEPS).isEqualTo(expected.trainLosses());
    assertThat(values(resumed)).containsExactlyElementsOf(values(undisturbed));
  }

  private static List<float[]> values(Network network) {
    return network.copyParameters().values().stream().map(NDArray::toArray).toList();
  }
}
