package io.github.purenet.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * A reader of specs, losses and networks from the kinds and settings of a stored network: those of
 * the library, those of the providers that a caller passes, and those that {@link ServiceLoader}
 * finds.
 */
final class SpecReader {
  /** A reader of what this package has. */
  static final SpecReader WITHOUT_PROVIDERS = new SpecReader(List.of(), false);

  private final List<ModelProvider> passed;
  private final boolean services;

  /** Those that were passed and those that were found; null before they are needed. */
  private List<ModelProvider> all;

  private SpecReader(List<ModelProvider> passed, boolean services) {
    this.passed = List.copyOf(passed);
    this.services = services;
  }

  /** Returns a reader that asks the given providers first, then those that are found. */
  static SpecReader of(ModelProvider... providers) {
    return new SpecReader(List.of(providers), true);
  }

  /**
   * Returns the spec of a layer of the library.
   *
   * @param kind the kind, as {@link LayerSpec#kind} returns it
   * @param settings the settings, as {@link LayerSpec#settings} returns them
   * @return an equal spec, with default initializers
   * @throws IllegalArgumentException if the kind or a setting is unknown or a value does not fit
   */
  static LayerSpec read(String kind, Map<String, Object> settings) {
    return WITHOUT_PROVIDERS.layer(new Settings(kind, settings, WITHOUT_PROVIDERS));
  }

  /**
   * Returns the spec of a layer.
   *
   * @throws IllegalArgumentException if the kind or a setting is unknown or a value does not fit
   */
  LayerSpec layer(Settings s) {
    LayerSpec spec = ofLibrary(s);
    if (spec == null) {
      return provided("layer", s.kind(), provider -> provider.layer(s));
    }
    s.requireAllTaken();
    return spec;
  }

  private static LayerSpec ofLibrary(Settings s) {
    return switch (s.kind()) {
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
      default -> null;
    };
  }

  /**
   * Returns a loss.
   *
   * @throws IllegalArgumentException if the name or a setting is unknown or a value does not fit
   */
  Loss loss(Settings s) {
    Loss loss =
        switch (s.kind()) {
          case SoftmaxWithLoss.NAME -> SoftmaxWithLoss.of(s);
          case "MeanSquaredError" -> new MeanSquaredError();
          case "SigmoidWithLoss" -> new SigmoidWithLoss();
          default -> null;
        };
    if (loss == null) {
      return provided("loss", s.kind(), provider -> provider.loss(s));
    }
    s.requireAllTaken();
    return loss;
  }

  /**
   * Returns a network.
   *
   * @throws IllegalArgumentException if the kind is unknown
   */
  Network network(String kind, Network.Stored stored) {
    return kind.equals(Network.KIND)
        ? new Network(stored)
        : provided("network", kind, provider -> provider.network(kind, stored));
  }

  private <T> T provided(
      String what, String kind, Function<ModelProvider, Optional<? extends T>> read) {
    for (ModelProvider provider : providers()) {
      Optional<? extends T> found = read.apply(provider);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "network: expected a known kind of %s, got %s; a ModelProvider can tell how it is made",
            what,
            kind));
  }

  /** Returns all providers, which are found when the first of them is needed. */
  private List<ModelProvider> providers() {
    if (all == null) {
      List<ModelProvider> found = new ArrayList<>(passed);
      if (services) {
        findServices(found);
      }
      all = found;
    }
    return all;
  }

  /** Finds providers with the class loader of the library, then with that of the thread. */
  private static void findServices(List<ModelProvider> found) {
    ClassLoader ofLibrary = SpecReader.class.getClassLoader();
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    try {
      ServiceLoader.load(ModelProvider.class, ofLibrary).forEach(found::add);
      if (ofThread != ofLibrary && seesLibrary(ofThread)) {
        ServiceLoader.load(ModelProvider.class, ofThread).forEach(found::add);
      }
    } catch (ServiceConfigurationError e) {
      throw new IllegalArgumentException("network: expected providers, got " + e.getMessage(), e);
    }
  }

  /** Returns whether a class loader finds this library, and not another copy of it. */
  private static boolean seesLibrary(ClassLoader loader) {
    try {
      return Class.forName(ModelProvider.class.getName(), false, loader) == ModelProvider.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
