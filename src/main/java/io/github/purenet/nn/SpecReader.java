package io.github.purenet.nn;

import java.util.Map;

/** A reader of specs from the kinds and settings of a stored network. */
final class SpecReader {

  private SpecReader() {}

  /**
   * Returns the spec of the given kind with the given settings.
   *
   * @param kind the kind, as {@link LayerSpec#kind} returns it
   * @param settings the settings, as {@link LayerSpec#settings} returns them
   * @return an equal spec, with default initializers
   * @throws IllegalArgumentException if the kind or a setting is unknown or a value does not fit
   */
  static LayerSpec read(String kind, Map<String, Object> settings) {
    SpecSettings s = new SpecSettings(kind, settings);
    LayerSpec spec =
        switch (kind) {
          case "conv" -> Convolution.Spec.of(s);
          case "maxPool" -> Pooling.Spec.of(s);
          case "avgPool" -> AveragePooling.Spec.of(s);
          case "globalAvgPool" -> GlobalAveragePooling.SPEC;
          case "affine" -> Affine.Spec.of(s);
          case "flatten" -> Flatten.SPEC;
          case "relu" -> Relu.SPEC;
          case "leakyRelu" -> LeakyRelu.Spec.of(s);
          case "elu" -> Elu.Spec.of(s);
          case "gelu" -> Gelu.SPEC;
          case "geluTanh" -> Gelu.TANH_SPEC;
          case "sigmoid" -> Sigmoid.SPEC;
          case "tanh" -> Tanh.SPEC;
          case "swish" -> Swish.SPEC;
          case "hardSwish" -> HardSwish.SPEC;
          case "softmax" -> Softmax.SPEC;
          case "batchNorm" -> BatchNormalization.Spec.of(s);
          case "layerNorm" -> LayerNormalization.Spec.of(s);
          case "localResponseNorm" -> LocalResponseNormalization.Spec.of(s);
          case "dropout" -> Dropout.Spec.of(s);
          case "residual" -> Residual.Spec.of(s);
          case "concat" -> Concat.Spec.of(s);
          default ->
              throw new IllegalArgumentException(
                  "network: expected a known kind of layer, got " + kind);
        };
    s.requireAllTaken();
    return spec;
  }
}
