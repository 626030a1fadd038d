package io.github.purenet.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.training.loss.Loss;
import ai.djl.training.loss.SoftmaxCrossEntropyLoss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * PyTorch through DJL, in the fastest way that DJL offers: the data set is one tensor from which
 * native code gathers the samples, images go in through one direct buffer, and inference records no
 * gradient.
 */
final class PyTorchEngine implements Engine {

  @Override
  public String description() {
    ai.djl.engine.Engine engine = ai.djl.engine.Engine.getEngine("PyTorch");
    return String.format(
        "%s %s, %d intra-op and %d inter-op threads",
        engine.getEngineName(),
        engine.getVersion(),
        JniUtils.getNumThreads(),
        JniUtils.getNumInteropThreads());
  }

  @Override
  public Model create(Architecture architecture, Dataset train, int batch) {
    return new PyTorchModel(architecture, train);
  }

  private static Block block(Architecture.Stage stage) {
    if (stage instanceof Architecture.Conv conv) {
      return Conv2d.builder()
          .setKernelShape(new Shape(conv.size(), conv.size()))
          .setFilters(conv.filters())
          .optStride(new Shape(conv.stride(), conv.stride()))
          .optPadding(new Shape(conv.pad(), conv.pad()))
          .optGroups(conv.groups())
          .build();
    } else if (stage instanceof Architecture.MaxPool pool) {
      return Pool.maxPool2dBlock(
          new Shape(pool.size(), pool.size()), new Shape(pool.stride(), pool.stride()));
    } else if (stage instanceof Architecture.Linear linear) {
      return Linear.builder().setUnits(linear.outputs()).build();
    } else if (stage instanceof Architecture.Dropout dropout) {
      return Dropout.builder().optRate(dropout.rate()).build();
    } else if (stage instanceof Architecture.ResponseNorm) {
      return new LambdaBlock(PyTorchEngine::responseNorm);
    }
    return Activation.reluBlock();
  }

  /** Normalizes as PyTorch's local_response_norm: by a mean over five channels. */
  private static NDList responseNorm(NDList list) {
    NDArray x = list.singletonOrThrow();
    NDArray squares = x.square().expandDims(1);
    NDArray means =
        Pool.avgPool3d(
            squares, new Shape(5, 1, 1), new Shape(1, 1, 1), new Shape(2, 0, 0), false, true);
    return new NDList(x.div(means.squeeze(1).mul(5e-4f).add(2f).pow(0.75f)));
  }

  private static final class PyTorchModel implements Model {
    private final NDManager manager = NDManager.newBaseManager();
    private final ParameterStore store = new ParameterStore(manager, false);
    private final Loss loss = new SoftmaxCrossEntropyLoss();
    private final Optimizer optimizer =
        Adam.builder().optLearningRateTracker(Tracker.fixed(0.001f)).build();
    private final SequentialBlock network = new SequentialBlock();
    private final List<NDArray> parameters = new ArrayList<>();
    private final Shape sample;
    private final NDArray x;
    private final NDArray t;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);
    private FloatBuffer floats = buffer.asFloatBuffer();

    PyTorchModel(Architecture architecture, Dataset train) {
      int[] image = train.sampleShape().toArray();
      sample = new Shape(image[0], image[1], image[2]);
      Batch all = train.all();
      x = manager.create(all.x().toArray(), new Shape(train.size()).addAll(sample));
      t = manager.create(all.t().toArray()).toType(DataType.INT64, false);

      boolean flat = false;
      for (Architecture.Stage stage : architecture.stages()) {
        if (!flat && stage instanceof Architecture.Linear) {
          network.add(Blocks.batchFlattenBlock());
          flat = true;
        }
        network.add(block(stage));
      }
      network.setInitializer(new NormalInitializer(0.01f), Parameter.Type.WEIGHT);
      network.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(sample));
      for (var parameter : network.getParameters()) {
        NDArray array = parameter.getValue().getArray();
        array.setRequiresGradient(true);
        parameters.add(array);
      }
      JniUtils.setGradMode(false); // a GradientCollector switches it on while it is open
    }

    @Override
    public double train(int[] indices, int from, int to) {
      long[] chosen = new long[to - from];
      for (int i = from; i < to; i++) {
        chosen[i - from] = indices[i];
      }
      try (NDManager scope = manager.newSubManager()) {
        NDIndex index = new NDIndex("{}", scope.create(chosen));
        NDArray batch = x.get(scope, index);
        NDArray labels = t.get(scope, index);
        float value;
        try (GradientCollector collector =
            ai.djl.engine.Engine.getEngine("PyTorch").newGradientCollector()) {
          NDList logits = network.forward(store, new NDList(batch), true);
          NDArray mean = loss.evaluate(new NDList(labels), logits);
          collector.backward(mean);
          value = mean.getFloat();
        }
        for (int i = 0; i < parameters.size(); i++) {
          NDArray parameter = parameters.get(i);
          try (NDArray gradient = parameter.getGradient()) {
            optimizer.update(Integer.toString(i), parameter, gradient); // zeroes it too
          }
        }
        return value;
      }
    }

    @Override
    public float[] infer(float[] images, int n) {
      if (floats.capacity() < images.length) {
        buffer =
            ByteBuffer.allocateDirect(images.length * Float.BYTES).order(ByteOrder.nativeOrder());
        floats = buffer.asFloatBuffer();
      }
      floats.put(0, images);
      try (NDManager scope = manager.newSubManager()) {
        NDArray batch = scope.create(buffer, new Shape(n).addAll(sample), DataType.FLOAT32);
        return network.forward(store, new NDList(batch), false).singletonOrThrow().toFloatArray();
      }
    }
  }
}
