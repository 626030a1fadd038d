package io.github.purenet.cli;

import io.github.purenet.data.Augmentation;
import io.github.purenet.data.Dataset;
import io.github.purenet.data.Warp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The changes that {@code --augment} lists, {@code shift=2,rotate=10,flip}. Those that move pixels
 * by fractions are made first, in one step, the others in the order of the list, mixup last.
 */
final class Augment {
  private static final String KNOWN =
      "shift=PIXELS, rotate=DEGREES, zoom=SHARE, elastic=ALPHA:SIGMA, flip, crop=PIXELS,"
          + " brightness=B, contrast=SHARE, cutout=PIXELS or mixup=ALPHA";

  /** How many numbers each change takes. */
  private static final Map<String, Integer> NUMBERS =
      Map.of(
          "shift",
          1,
          "rotate",
          1,
          "zoom",
          1,
          "elastic",
          2,
          "flip",
          0,
          "crop",
          1,
          "brightness",
          1,
          "contrast",
          1,
          "cutout",
          1,
          "mixup",
          1);

  private final List<Augmentation> changes = new ArrayList<>();
  private final double mixup;

  /**
   * Reads a list.
   *
   * @param list the changes
   * @throws WrongUse if one is unknown, occurs twice, or has other numbers than it takes
   */
  Augment(List<String> list) {
    Map<String, double[]> wanted = new LinkedHashMap<>();
    for (String item : list) {
      int equals = item.indexOf('=');
      String name = (equals < 0 ? item : item.substring(0, equals)).toLowerCase(Locale.ROOT);
      double[] numbers = numbers(item, equals < 0 ? "" : item.substring(equals + 1));
      if (NUMBERS.getOrDefault(name, -1) != numbers.length) {
        throw expected(KNOWN, item);
      }
      if (wanted.put(name, numbers) != null) {
        throw expected("each change once", item + " again");
      }
    }
    addWarp(wanted);
    wanted.forEach(this::add);
    mixup = wanted.containsKey("mixup") ? wanted.get("mixup")[0] : 0;
    if (wanted.containsKey("mixup") && !(mixup > 0)) {
      throw expected("an alpha of mixup above 0", String.valueOf(mixup));
    }
  }

  private static double[] numbers(String item, String text) {
    String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
    double[] numbers = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      try {
        numbers[i] = Double.parseDouble(parts[i]);
      } catch (NumberFormatException e) {
        throw expected(KNOWN, item);
      }
    }
    return numbers;
  }

  private static WrongUse expected(String what, String got) {
    return new WrongUse("--augment: expected " + what + ", got " + got);
  }

  /** Adds what moves pixels, in one step, so that they are interpolated once. */
  private void addWarp(Map<String, double[]> wanted) {
    Warp warp = Warp.none();
    if (wanted.containsKey("shift")) {
      warp = warp.shift(wanted.get("shift")[0]);
    }
    if (wanted.containsKey("rotate")) {
      warp = warp.rotate(wanted.get("rotate")[0]);
    }
    if (wanted.containsKey("zoom")) {
      double share = wanted.get("zoom")[0];
      warp = warp.zoom(1 - share, 1 + share);
    }
    if (wanted.containsKey("elastic")) {
      warp = warp.elastic(wanted.get("elastic")[0], wanted.get("elastic")[1]);
    }
    if (!warp.equals(Warp.none())) {
      changes.add(warp);
    }
  }

  private void add(String name, double[] numbers) {
    switch (name) {
      case "flip" -> changes.add(Augmentation.flip());
      case "crop" -> changes.add(Augmentation.crop(whole(name, numbers[0])));
      case "brightness" -> changes.add(Augmentation.brightness(numbers[0]));
      case "contrast" -> changes.add(Augmentation.contrast(1 - numbers[0], 1 + numbers[0]));
      case "cutout" -> changes.add(Augmentation.cutout(whole(name, numbers[0])));
      default -> {} // a part of the warp, or mixup
    }
  }

  private static int whole(String name, double number) {
    if (number != (int) number) {
      throw expected("a whole number for " + name, String.valueOf(number));
    }
    return (int) number;
  }

  /** Returns a view of images that are changed in each epoch in another way. */
  Dataset images(Dataset images, long seed) {
    return changes.isEmpty() ? images : images.augment(seed, changes.toArray(Augmentation[]::new));
  }

  /** Returns a view of samples that are mixed, after they are normalized. */
  Dataset mixed(Dataset samples, int classes, long seed) {
    return mixup > 0 ? samples.mixup(mixup, classes, seed) : samples;
  }
}
