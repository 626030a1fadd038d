package io.github.purenet.bench;

import io.github.purenet.PureNet;
import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Initializer;
import io.github.purenet.nn.LayerSpec;
import io.github.purenet.nn.Layers;
import io.github.purenet.nn.Network;
import io.github.purenet.optim.Adam;
import io.github.purenet.optim.Optimizer;
import io.github.purenet.train.Trainer;

/** PureNet, with the backend that the system properties of this JVM select. */
final class PureNetEngine implements Engine {

  @Override
  public String description() {
    return "PureNet " + PureNet.version() + ", backend " + PureNet.backend();
  }

  @Override
  public Model create(Architecture architecture, Dataset train, int batch) {
    LayerSpec[] specs =
        architecture.stages().stream().map(PureNetEngine::spec).toArray(LayerSpec[]::new);
    Network network = Network.of(train.sampleShape(), 42, specs);
    return new PureNetModel(network, train, batch);
  }

  private static LayerSpec spec(Architecture.Stage stage) {
    Initializer weight = Initializer.normal(0.01);
    if (stage instanceof Architecture.Conv conv) {
      return Layers.conv(conv.filters(), conv.size())
          .stride(conv.stride())
          .pad(conv.pad())
          .groups(conv.groups())
          .initializer(weight);
    } else if (stage instanceof Architecture.MaxPool pool) {
      return Layers.maxPool(pool.size()).stride(pool.stride());
    } else if (stage instanceof Architecture.Linear linear) {
      return Layers.affine(linear.outputs()).initializer(weight);
    } else if (stage instanceof Architecture.Dropout dropout) {
      return Layers.dropout(dropout.rate());
    } else if (stage instanceof Architecture.ResponseNorm) {
      return Layers.localResponseNorm();
    }
    return Layers.relu();
  }

  private static final class PureNetModel implements Model {
    private final Network network;
    private final Dataset dataset;
    private final Batch batch;
    private final Optimizer optimizer = new Adam(0.001);

    PureNetModel(Network network, Dataset dataset, int size) {
      this.network = network;
      this.dataset = dataset;
      this.batch = Batch.allocate(dataset, size);
    }

    @Override
    public double train(int[] indices, int from, int to) {
      batch.fill(dataset, indices, from, to);
      double loss = network.gradient(batch.x(), batch.t());
      optimizer.step(network.parameters());
      return loss;
    }

    @Override
    public float[] infer(float[] images, int n) {
      Shape shape = network.inputShape().prepend(n);
      return network.predict(NDArray.wrap(shape, images)).toArray();
    }

    @Override
    public double fit(Architecture.Data data, int epochs, int size) {
      return Trainer.builder(network)
          .optimizer(optimizer)
          .epochs(epochs)
          .batchSize(size)
          .build()
          .fit(data.train(), data.test())
          .testMetric();
    }
  }
}
