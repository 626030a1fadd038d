package io.github.purenet.nn;

import io.github.purenet.kernel.ConvGeometry;
import io.github.purenet.kernel.Epilogue;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution and the Relu or max pooling, or both, that follow it, computed by one kernel: the
 * output of the convolution itself is never stored.
 *
 * <p>The result is that of the layers computed one by one, as they are where images or windows are
 * so large that the kernel could not hold a row of the convolution's output. Only a {@link Chain}
 * creates fused convolutions. The windows of the pooling must tile the image without overlap, gap
 * or padding.
 */
final class FusedConvolution implements Layer {
  private final Convolution convolution;
  private final Epilogue epilogue;

  /** The layers, the convolution first. */
  private final List<Layer> layers;

  private FusedConvolution(Convolution convolution, Epilogue epilogue, List<Layer> layers) {
    this.convolution = convolution;
    this.layers = List.copyOf(layers);
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
      int first = i;
      boolean relu = i + 1 < layers.size() && layers.get(i + 1) instanceof Relu;
      i += relu ? 1 : 0;
      Epilogue epilogue = new Epilogue(relu, 1, 1);
      if (i + 1 < layers.size()
          && layers.get(i + 1) instanceof Pooling pooling
          && pooling.isDisjoint()) {
        epilogue = new Epilogue(relu, pooling.height(), pooling.width());
        i++;
      }
      fused.add(new FusedConvolution(convolution, epilogue, layers.subList(first, i + 1)));
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
    ConvGeometry g = convolution.geometry(x.shape());
    if (g.fuses(epilogue)) {
      return convolution.forward(g, x, pass, epilogue);
    }
    NDArray y = x;
    for (Layer layer : layers) {
      y = layer.forward(y, pass);
    }
    return y;
  }

  @Override
  public NDArray backward(NDArray dy, Pass pass) {
    ConvGeometry g = convolution.geometry(pass);
    return g.fuses(epilogue)
        ? convolution.backward(g, dy, pass, epilogue, true)
        : convolution.backward(backToConvolution(dy, pass), pass);
  }

  @Override
  public void backwardParameters(NDArray dy, Pass pass) {
    ConvGeometry g = convolution.geometry(pass);
    if (g.fuses(epilogue)) {
      convolution.backward(g, dy, pass, epilogue, false);
    } else {
      convolution.backwardParameters(backToConvolution(dy, pass), pass);
    }
  }

  private NDArray backToConvolution(NDArray dy, Pass pass) {
    NDArray d = dy;
    for (int i = layers.size() - 1; i > 0; i--) {
      d = layers.get(i).backward(d, pass);
    }
    return d;
  }
}
