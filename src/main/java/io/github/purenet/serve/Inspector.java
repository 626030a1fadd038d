package io.github.purenet.serve;

import io.github.purenet.data.Batch;
import io.github.purenet.data.Dataset;
import io.github.purenet.explain.GradCam;
import io.github.purenet.image.Images;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.nn.Activations;
import io.github.purenet.nn.Network;
import io.github.purenet.nn.Probabilities;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Looks into a classifier of images for one image: its probabilities, the answers of its layers and
 * a Grad-CAM heat map, all the more if some of its filters are changed for that.
 */
final class Inspector {
  private final Supplier<Network> source;
  private final Dataset samples;
  private final long maxPixels;
  private final Copies copies = new Copies();

  /**
   * Creates an inspector.
   *
   * @param source gives the network, which may be another one from time to time
   * @param samples the images (C, H, W) from 0 to 1 that can be asked for by number, or null
   * @param maxPixels the largest number of pixels of a picture
   */
  Inspector(Supplier<Network> source, Dataset samples, long maxPixels) {
    this.source = source;
    this.samples = samples;
    this.maxPixels = maxPixels;
  }

  /** Returns whether a network classifies images, which can be shown. */
  static boolean canShow(Network network) {
    return Inputs.arePictures(network) && Probabilities.hasClasses(network);
  }

  /** Answers {@code POST /api/inspect}. */
  Response inspect(Request request) {
    Map<String, Object> question = request.json();
    Network network = source.get();
    NDArray image = image(request, question, network);
    NDArray x = Inputs.normalized(image, network);
    List<FilterChange> changes = FilterChange.of(question.get("filters"), network);
    int target = target(question.get("class"), network);

    Map<String, Object> answer = new LinkedHashMap<>();
    if (changes.isEmpty()) {
      answer.putAll(look(network, x, target));
    } else {
      answer.putAll(copies.with(network, changes, changed -> look(changed, x, target)));
      answer.put("original", Answers.list(probabilities(network, network.predict(x))));
    }
    answer.put("input", picture(image));
    return Response.json(answer).predictions(1);
  }

  private static Map<String, Object> look(Network network, NDArray x, int target) {
    Activations activations = network.activations(x);
    NDArray probabilities = probabilities(network, activations.output());
    List<Map<String, Object>> layers = new ArrayList<>();
    for (String name : activations.names()) {
      layers.add(FeatureMaps.of(name, activations.get(name)));
    }
    int explained = target < 0 ? probabilities.argmax() : target;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("probabilities", Answers.list(probabilities));
    json.put("layers", layers);
    json.put("heat", heat(activations, explained));
    return json;
  }

  /** Returns the heat map of a class, or null if there is nothing but numbers without a place. */
  private static Map<String, Object> heat(Activations activations, int target) {
    boolean places =
        activations.names().stream()
            .map(name -> activations.get(name).shape())
            .anyMatch(s -> s.rank() == 4 && s.dimension(2) * s.dimension(3) > 1);
    if (!places) {
      return null;
    }
    NDArray map = GradCam.map(activations, GradCam.layer(activations), target);
    Map<String, Object> heat = new LinkedHashMap<>();
    heat.put("class", target);
    heat.put("height", map.dimension(1));
    heat.put("width", map.dimension(2));
    heat.put("data", FeatureMaps.grays(map.data(), map.max()));
    return heat;
  }

  /** Returns the probabilities (K) of an output (1, K). */
  private static NDArray probabilities(Network network, NDArray output) {
    return new Probabilities(network).of(output).reshape(output.size());
  }

  private static int target(Object json, Network network) {
    int classes = network.outputShape(network.inputShape().prepend(1)).dimension(1);
    if (json == null) {
      return -1;
    }
    if (json instanceof Integer k && k >= 0 && k < classes) {
      return k;
    }
    throw new Problem(422, "class: expected an index below " + classes);
  }

  /** Returns the image (1, C, H, W) that is asked about, not normalized. */
  private NDArray image(Request request, Map<String, Object> question, Network network) {
    if (!canShow(network)) {
      throw new Problem(409, "network: expected a classifier of pictures, got another one");
    }
    if (question.get("sample") instanceof Integer index) {
      return sample(index).x();
    }
    if (question.containsKey("pixels")) {
      return Inputs.numbers(Map.of("pixels", question.get("pixels")), network, 1);
    }
    if (question.get("picture") instanceof String base64) {
      boolean asMnist = Boolean.TRUE.equals(question.get("asMnist"));
      Images images = Images.of(network.inputShape());
      return Inputs.read(request, bytes(base64), images, asMnist, maxPixels);
    }
    throw new Problem(
        422, "body: expected sample, a number, or pixels, a list, or picture, a text in base64");
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Problem(422, "picture: expected a file in base64, got another text");
    }
  }

  /** Returns a sample as a batch of one. */
  Batch sample(int index) {
    int count = samples == null ? 0 : samples.size();
    if (index < 0 || index >= count) {
      throw new Problem(422, "sample: expected an index below " + count + ", got " + index);
    }
    Batch one = Batch.allocate(samples, 1);
    one.fill(samples, index, index + 1);
    return one;
  }

  /** Returns an image (1, C, H, W) of numbers from 0 to 1 as JSON, a byte for each. */
  static Map<String, Object> picture(NDArray image) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channels", image.dimension(1));
    json.put("height", image.dimension(2));
    json.put("width", image.dimension(3));
    json.put("data", FeatureMaps.grays(image.data(), 1));
    return json;
  }
}
