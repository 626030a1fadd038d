package io.github.purenet.bench;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Deeplearning4j with its native CPU backend. A Relu is the activation of the layer before it. */
final class Dl4jEngine implements Engine {

  @Override
  public String description() {
    return String.format(
        "Deeplearning4j, %s, %d threads",
        Nd4j.getBackend().getClass().getSimpleName(),
        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
  }

  @Override
  public Model create(Architecture architecture, Dataset train, int batch) {
    int[] image = train.sampleShape().toArray();
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(42)
            .updater(new Adam(0.001))
            .weightInit(new NormalDistribution(0, 0.01))
            .list();
    List<Architecture.Stage> stages = architecture.stages();
    for (int i = 0; i < stages.size(); i++) {
      boolean relu = i + 1 < stages.size() && stages.get(i + 1) instanceof Architecture.Relu;
      boolean last = i + 1 == stages.size();
      list.layer(layer(stages.get(i), relu ? Activation.RELU : Activation.IDENTITY, last));
      i += relu ? 1 : 0;
    }
    MultiLayerConfiguration configuration =
        list.setInputType(InputType.convolutional(image[1], image[2], image[0])).build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return new Dl4jModel(network, image, train, architecture.classes());
  }

  private static Layer layer(Architecture.Stage stage, Activation activation, boolean last) {
    if (stage instanceof Architecture.Conv conv) {
      return new ConvolutionLayer.Builder(conv.size(), conv.size())
          .nOut(conv.filters())
          .stride(conv.stride(), conv.stride())
          .padding(conv.pad(), conv.pad())
          .activation(activation)
          .build();
    } else if (stage instanceof Architecture.MaxPool pool) {
      return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
          .kernelSize(pool.size(), pool.size())
          .stride(pool.stride(), pool.stride())
          .build();
    } else if (stage instanceof Architecture.Linear linear && last) {
      return new OutputLayer.Builder(LossFunction.MCXENT)
          .nOut(linear.outputs())
          .activation(Activation.SOFTMAX)
          .build();
    } else if (stage instanceof Architecture.Linear linear) {
      return new DenseLayer.Builder().nOut(linear.outputs()).activation(activation).build();
    } else if (stage instanceof Architecture.Dropout dropout) {
      return new DropoutLayer.Builder(1 - dropout.rate()).build(); // what is kept
    } else if (stage instanceof Architecture.ResponseNorm) {
      return new LocalResponseNormalization.Builder(2, 1e-4, 0.75).n(5).build();
    }
    return new ActivationLayer.Builder().activation(Activation.RELU).build();
  }

  private static final class Dl4jModel implements Model {
    private final MultiLayerNetwork network;
    private final int[] image;
    private final INDArray x;
    private final INDArray t;

    Dl4jModel(MultiLayerNetwork network, int[] image, Dataset train, int classes) {
      this.network = network;
      this.image = image;
      Batch all = train.all();
      int n = train.size();
      x = Nd4j.create(all.x().toArray(), new int[] {n, all.x().size() / n}, 'c');
      t = Nd4j.zeros(n, classes);
      float[] labels = all.t().toArray();
      for (int i = 0; i < n; i++) {
        t.putScalar(i, (int) labels[i], 1);
      }
    }

    @Override
    public double train(int[] indices, int from, int to) {
      int[] chosen = Arrays.copyOfRange(indices, from, to);
      INDArray batch = Nd4j.pullRows(x, 1, chosen).reshape(shape(to - from));
      network.fit(batch, Nd4j.pullRows(t, 1, chosen));
      return network.score();
    }

    @Override
    public float[] infer(float[] images, int n) {
      INDArray batch = Nd4j.create(images, shape(n), 'c');
      return network.output(batch).data().asFloat();
    }

    private int[] shape(int n) {
      return new int[] {n, image[0], image[1], image[2]};
    }
  }
}
