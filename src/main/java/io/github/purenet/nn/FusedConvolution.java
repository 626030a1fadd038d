package io.github.purenet.nn;

import io.github.purenet.kernel.Epilogue;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution and the Relu or max pooling, or both, that follow it, computed by one kernel: the
 * output of the convolution itself is never stored.
 *
 * <p>The result is that of the layers computed one by one. Only a {@link Chain} creates fused
 * convolutions. The windows of the pooling must tile the image without overlap, gap or padding.
 */
final class FusedConvolution implements Layer {
  private final Convolution convolution;
  private final Epilogue epilogue;

  private FusedConvolution(Convolution convolution, Epilogue epilogue) {
    this.convolution = convolution;
    this.epilogue = epilogue;
  }

  /**
   * Returns the layers with each convolution fused with those after it that the same kernel can
   * run.
   */
  static List<Layer> fuse(List<Layer> layers) {
    List<Layer> fused = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (!(layers.get(i) instanceof Convolution convolution)) {
        fused.add(layers.get(i));
        continue;
      }
      boolean relu = i + 1 < layers.size() && layers.get(i + 1) instanceof Relu;
      i += relu ? 1 : 0;
      Epilogue epilogue = new Epilogue(relu, 1, 1);
      if (i + 1 < layers.size()
          && layers.get(i + 1) instanceof Pooling pooling
          && pooling.isDisjoint()) {
        epilogue = new Epilogue(relu, pooling.height(), pooling.width());
        i++;
      }
      fused.add(new FusedConvolution(convolution, epilogue));
    }
    return List.copyOf(fused);
  }

  @Override
  public String name() {
    return convolution.name();
  }

  @Override
  public List<Parameter> parameters() {
    return convolution.parameters();
  }

  @Override
  public Shape outputShape(Shape input) {
    return convolution.outputShape(input, epilogue);
  }

  @Override
  public NDArray forward(NDArray x, Pass pass) {
    return convolution.forward(x, pass, epilogue);
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    return convolution.backward(dy, pass, epilogue, true);
  }

  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    convolution.backward(dy, pass, epilogue, false);
  }
}
