package io.github.purenet.cli;

import io.github.purenet.ndarray.Shape;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the shape of an image: {@code 3x32x32}, or {@code 28x28} for gray ones. */
final class ShapeConverter implements ITypeConverter<Shape> {

  @Override
  public Shape convert(String value) {
    try {
      int[] sizes = Arrays.stream(value.split("x", -1)).mapToInt(Integer::parseInt).toArray();
      boolean positive = Arrays.stream(sizes).allMatch(size -> size > 0);
      if (positive && sizes.length == 2) {
        return Shape.of(1, sizes[0], sizes[1]);
      }
      if (positive && sizes.length == 3) {
        return Shape.of(sizes);
      }
    } catch (IllegalArgumentException e) { // a NumberFormatException, or more than an array holds
      throw expected(value);
    }
    throw expected(value);
  }

  private static TypeConversionException expected(String value) {
    return new TypeConversionException(
        "expected channels x height x width such as 3x32x32, got " + value);
  }
}
