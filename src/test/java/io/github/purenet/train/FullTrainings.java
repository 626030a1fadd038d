package io.github.purenet.train;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.globalAvgPool;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;

import io.github.purenet.data.Augmentation;
import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.data.Warp;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.LayerSpec;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Parameter;
import io.github.purenet.nn.SoftmaxWithLoss;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Nesterov;
import io.github.purenet.optim.Optimizer;
import io.github.purenet.optim.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command: trains on all of MNIST or Fashion-MNIST, with augmentation and a schedule, and prints
 * the accuracy of the 10,000 test images after the last epoch.
 *
 * <p>Arguments: {@code simple|deep|fashion DIRECTORY [EPOCHS]}, the directory of the four files.
 */
public final class FullTrainings {
  private static final Shape IMAGE = Shape.of(1, 28, 28);
  private static final long SEED = 1;
  private static final int BATCH = 100;
  private static final long STEPS = 600;

  private FullTrainings() {}

  /** Runs the command. */
  public static void main(String[] args) throws IOException {
    Mnist mnist = Mnist.load(Path.of(args[1]));
    int epochs = args.length > 2 ? Integer.parseInt(args[2]) : 0;
    switch (args[0]) {
      case "simple" -> simple(mnist, epochs > 0 ? epochs : 40);
      case "deep" -> deep(mnist, epochs > 0 ? epochs : 20);
      default -> fashion(mnist, epochs > 0 ? epochs : 14);
    }
  }

  /** Shifts, turns, zooms and distorts digits. */
  private static Warp warp(double shift) {
    return Warp.none().shift(shift).rotate(10).zoom(0.9, 1.1).elastic(8, 4);
  }

  /** The book's network. */
  private static void simple(Mnist mnist, int epochs) {
    Network network = SimpleConvNet.of(SEED);
    Adam adam = new Adam(Schedule.cosine(0.001, 0, STEPS * epochs));
    fit(network, adam, mnist.train().augment(SEED, warp(1.5)), mnist.test(), epochs);
  }

  /** DeepConvNet with a batch normalization in front of each activation. */
  private static void deep(Mnist mnist, int epochs) {
    List<LayerSpec> specs = new ArrayList<>();
    for (int filters : new int[] {16, 32, 64}) {
      for (int i = 0; i < 2; i++) {
        int pad = filters == 32 && i == 1 ? 2 : 1;
        specs.addAll(List.of(conv(filters, 3).pad(pad).noBias(), batchNorm(), relu()));
      }
      specs.add(maxPool(2));
    }
    specs.addAll(List.of(affine(50).noBias(), batchNorm(), relu(), dropout(0.3), affine(10)));
    Network network = Network.of(IMAGE, SEED, specs.toArray(LayerSpec[]::new));
    Adam adam = new Adam(Schedule.cosine(0.002, 0, STEPS * epochs));
    fit(network, adam, mnist.train().augment(SEED, warp(2)), mnist.test(), epochs);
  }

  /** A small residual network: 28 by 28, 14 by 14, 7 by 7. */
  private static void fashion(Mnist mnist, int epochs) {
    double[] mean = {0.2860};
    double[] deviation = {0.3530};
    Dataset train =
        mnist
            .train()
            .augment(SEED, Augmentation.flip(), Augmentation.crop(2))
            .normalize(mean, deviation);
    List<LayerSpec> specs =
        new ArrayList<>(List.of(conv(32, 3).pad(1).noBias(), maxPool(2), batchNorm(), relu()));
    for (int filters : new int[] {64, 128}) {
      specs.addAll(stage(filters));
      List<LayerSpec> branch = new ArrayList<>(stage(filters));
      branch.addAll(stage(filters));
      specs.add(residual(branch.toArray(LayerSpec[]::new)));
      specs.add(filters == 64 ? maxPool(2) : globalAvgPool());
    }
    specs.add(affine(10));
    Network network =
        Network.of(IMAGE, SEED, specs.toArray(LayerSpec[]::new))
            .withLoss(new SoftmaxWithLoss().labelSmoothing(0.1));
    Nesterov nesterov =
        new Nesterov(Schedule.oneCycle(0.1, STEPS * epochs))
            .weightDecay(5e-4)
            .decayOnly(Parameter::isWeight);
    fit(network, nesterov, train, mnist.test().normalize(mean, deviation), epochs);
  }

  private static List<LayerSpec> stage(int filters) {
    return List.of(conv(filters, 3).pad(1).noBias(), batchNorm(), relu());
  }

  private static void fit(
      Network network, Optimizer optimizer, Dataset train, Dataset test, int epochs) {
    System.out.println(network.summary());
    long start = System.nanoTime();
    History history =
        Trainer.builder(network)
            .optimizer(optimizer)
            .epochs(epochs)
            .batchSize(BATCH)
            .seed(SEED)
            .evaluationSamples(2_000)
            .verbose(System.out::println)
            .build()
            .fit(train, test);
    System.out.printf(
        "test accuracy %.4f after %.0f s%n",
        history.testMetric(), (System.nanoTime() - start) / 1e9);
  }
}
