package io.github.purenet.serve;

import io.github.purenet.image.Images;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.ndarray.Shape;
import io.github.purenet.nn.Network;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What clients send for a network to look at. */
public final class Inputs {
  /** The media types of pictures. */
  static final List<String> PICTURES = List.of("image/png", "image/jpeg");

  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  /** A pixel of a large picture takes four bytes while it is read. */
  private static final long BYTES_PER_PIXEL = 4;

  /** No format that is read packs more pixels into a byte. */
  private static final long MOST_PER_BYTE = 8256;

  private Inputs() {}

  /**
   * Returns whether a network reads handwritten digits, to which the pictures of MNIST were
   * prepared: gray ones of the classes 0 to 9.
   *
   * @param network the network
   * @return whether its names of classes and its input say so
   */
  public static boolean isOfDigits(Network network) {
    return network.inputShape().rank() == 3
        && network.inputShape().dimension(0) == 1
        && network.classNames().equals(DIGITS);
  }

  /** Returns whether a network looks at gray pictures or at those of three colors. */
  static boolean arePictures(Network network) {
    Shape input = network.inputShape();
    return input.rank() == 3 && (input.dimension(0) == 1 || input.dimension(0) == 3);
  }

  /**
   * Reads a picture, normalized as the network wants it.
   *
   * @param asMnist whether it is prepared as those of MNIST
   * @return (1, C, H, W), a new array
   * @throws Problem if it is none, or too large
   */
  static NDArray picture(Request request, Network network, boolean asMnist, long maxPixels) {
    if (!arePictures(network)) {
      throw new Problem(
          415,
          String.format(
              Locale.ROOT,
              "network: expected numbers %s as JSON, got a picture",
              network.inputShape()));
    }
    return read(request, request.body(), Images.of(network), asMnist, maxPixels);
  }

  /**
   * Reads the file of a picture.
   *
   * @param images what reads it, once it knows how
   * @param asMnist whether it is prepared as those of MNIST
   * @return (1, C, H, W), a new array
   * @throws Problem if it is none, or too large
   */
  static NDArray read(
      Request request, byte[] file, Images images, boolean asMnist, long maxPixels) {
    request.hold(BYTES_PER_PIXEL * Math.min(maxPixels, MOST_PER_BYTE * file.length));
    try {
      Images limited = images.maxPixels(maxPixels);
      ByteArrayInputStream in = new ByteArrayInputStream(file);
      return (asMnist ? limited.asMnist() : limited).read(in, "picture");
    } catch (IOException e) {
      throw new Problem(422, e.getMessage());
    } catch (NoClassDefFoundError e) {
      throw new Problem(415, "pictures: expected a JVM with the module java.desktop, got none");
    }
  }

  /**
   * Returns the samples of a document, normalized as the network wants them.
   *
   * @param document {@code pixels}, the numbers of a sample, or {@code batch}, a list of such: as
   *     one list each, or nested as the shape of a sample
   * @return (N, ...), a new array
   * @throws Problem if it is no such document
   */
  static NDArray samples(Map<String, Object> document, Network network, int maxBatch) {
    return normalized(numbers(document, network, maxBatch), network);
  }

  /** Returns samples as the network wants them. */
  static NDArray normalized(NDArray x, Network network) {
    return network.normalization().map(by -> by.apply(x)).orElse(x);
  }

  /** Returns the samples of a document as {@link #samples} does, but not normalized. */
  static NDArray numbers(Map<String, Object> document, Network network, int maxBatch) {
    if (!document.keySet().equals(Set.of("pixels")) && !document.keySet().equals(Set.of("batch"))) {
      throw new Problem(
          422, "body: expected the name pixels, or batch, alone, got " + names(document));
    }
    boolean batch = document.containsKey("batch");
    List<?> samples =
        batch ? list(document.get("batch")) : Collections.singletonList(document.get("pixels"));
    Shape shape = network.inputShape();
    int most = Math.min(maxBatch, Math.max(1, Request.MAX_VALUES / shape.size()));
    if (samples.isEmpty() || samples.size() > most) {
      throw new Problem(422, "batch: expected 1 to " + most + " samples, got " + samples.size());
    }
    boolean pixels = arePictures(network);
    float[] numbers = new float[samples.size() * shape.size()];
    for (int i = 0; i < samples.size(); i++) {
      String name = batch ? "batch[" + i + "]" : "pixels";
      new Filler(name, shape, pixels, numbers).fill(samples.get(i), i * shape.size());
    }
    return NDArray.wrap(shape.prepend(samples.size()), numbers);
  }

  private static String names(Map<String, Object> document) {
    List<String> names = document.keySet().stream().limit(3).map(Inputs::shortened).toList();
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static String shortened(String name) {
    return name.length() > 20 ? name.substring(0, 20) + "..." : name;
  }

  private static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new Problem(422, "batch: expected a list of samples, got something else");
  }

  /** Puts the numbers of one sample in their places. */
  private static final class Filler {
    private final String name;
    private final Shape shape;
    private final boolean pixels;
    private final float[] numbers;

    Filler(String name, Shape shape, boolean pixels, float[] numbers) {
      this.name = name;
      this.shape = shape;
      this.pixels = pixels;
      this.numbers = numbers;
    }

    void fill(Object sample, int start) {
      if (!(sample instanceof List<?> list)) {
        throw new Problem(422, name + ": expected a list of numbers, got something else");
      }
      boolean nested = !list.isEmpty() && list.get(0) instanceof List<?>;
      int[] sizes = nested ? shape.toArray() : new int[] {shape.size()};
      fill(list, sizes, 0, start);
    }

    private int fill(List<?> list, int[] sizes, int axis, int start) {
      if (list.size() != sizes[axis]) {
        throw new Problem(
            422,
            String.format(
                Locale.ROOT,
                "%s: expected %s numbers, got a list of %d where %d belong",
                name,
                Arrays.toString(sizes),
                list.size(),
                sizes[axis]));
      }
      int at = start;
      for (Object value : list) {
        if (axis < sizes.length - 1) {
          if (!(value instanceof List<?> inner)) {
            throw new Problem(422, name + ": expected lists nested as " + shape + ", got others");
          }
          at = fill(inner, sizes, axis + 1, at);
        } else {
          numbers[at] = number(value, at - start);
          at++;
        }
      }
      return at;
    }

    private float number(Object value, int place) {
      if (!(value instanceof Number number)) {
        throw new Problem(422, name + ": expected numbers, got something else at " + place);
      }
      float x = number.floatValue();
      if (!Float.isFinite(x) || (pixels && !(x >= 0 && x <= 1))) {
        throw new Problem(
            422,
            String.format(
                Locale.ROOT,
                "%s: expected %s, got %s at %d",
                name,
                pixels ? "numbers from 0 to 1" : "numbers that a float can hold",
                number,
                place));
      }
      return x;
    }
  }
}
