package io.github.purenet.io;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The number types of files, and their conversion to float. */
enum NumberType {
  BOOL(1),
  U8(1),
  I8(1),
  U16(2),
  I16(2),
  U32(4),
  I32(4),
  U64(8),
  I64(8),
  F16(2),
  BF16(2),
  F32(4),
  F64(8);

  /** Significant bits of a float, the hidden one included. */
  private static final int FLOAT_PRECISION = 24;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the size of one element, in bytes. */
  int bytes() {
    return bytes;
  }

  /**
   * Decodes the next elements of a buffer, in the buffer's byte order.
   *
   * @param in the bytes, {@code (to - from) * bytes()} of them from its position on
   * @param out where {@code out[from]} to {@code out[to - 1]} go. Modified.
   * @param from index of the first element
   * @param to index after the last element
   * @throws UnfitException if a float cannot hold an element
   */
  void decode(ByteBuffer in, float[] out, int from, int to) throws UnfitException {
    switch (this) {
      case BOOL -> {
        for (int i = from; i < to; i++) {
          out[i] = bool(in.get(), i);
        }
      }
      case U8 -> {
        for (int i = from; i < to; i++) {
          out[i] = Byte.toUnsignedInt(in.get());
        }
      }
      case I8 -> {
        for (int i = from; i < to; i++) {
          out[i] = in.get();
        }
      }
      case U16 -> {
        for (int i = from; i < to; i++) {
          out[i] = Short.toUnsignedInt(in.getShort());
        }
      }
      case I16 -> {
        for (int i = from; i < to; i++) {
          out[i] = in.getShort();
        }
      }
      case U32 -> {
        for (int i = from; i < to; i++) {
          out[i] = exact(Integer.toUnsignedLong(in.getInt()), i);
        }
      }
      case I32 -> {
        for (int i = from; i < to; i++) {
          out[i] = exact(in.getInt(), i);
        }
      }
      case U64 -> {
        for (int i = from; i < to; i++) {
          out[i] = exactUnsigned(in.getLong(), i);
        }
      }
      case I64 -> {
        for (int i = from; i < to; i++) {
          out[i] = exact(in.getLong(), i);
        }
      }
      case F16 -> {
        for (int i = from; i < to; i++) {
          out[i] = half(in.getShort());
        }
      }
      case BF16 -> {
        for (int i = from; i < to; i++) {
          out[i] = Float.intBitsToFloat(in.getShort() << 16); // the first half of a float
        }
      }
      case F32 -> in.asFloatBuffer().get(out, from, to - from);
      case F64 -> {
        for (int i = from; i < to; i++) {
          out[i] = rounded(in.getDouble(), i);
        }
      }
    }
  }

  private static float bool(byte value, int index) throws UnfitException {
    if (value != 0 && value != 1) {
      throw new UnfitException(
          index, "expected 0 or 1 for a bool, got " + Byte.toUnsignedInt(value));
    }
    return value;
  }

  private static float exact(long value, int index) throws UnfitException {
    if (!isExact(value < 0 ? -value : value)) {
      throw new UnfitException(index, "expected what a float holds exactly, got " + value);
    }
    return value;
  }

  private static float exactUnsigned(long value, int index) throws UnfitException {
    if (!isExact(value)) {
      throw new UnfitException(
          index, "expected what a float holds exactly, got " + Long.toUnsignedString(value));
    }
    return value >= 0 ? value : 2f * (value >>> 1);
  }

  /** Returns whether a float holds an unsigned number exactly; -2^63 negates to 2^63, and fits. */
  private static boolean isExact(long magnitude) {
    return Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude)
        <= FLOAT_PRECISION;
  }

  /** Returns the float of a float16 (IEEE 754 binary16); a NaN keeps its sign and payload. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    int magnitude =
        switch (exponent) {
          case 0 -> Float.floatToRawIntBits(fraction * 0x1p-24f); // 0 and subnormal numbers
          case 0x1f -> 0x7f800000 | (fraction << 13); // infinity and NaN
          default -> ((exponent - 15 + 127) << 23) | (fraction << 13);
        };
    return Float.intBitsToFloat(sign | magnitude);
  }

  private static float rounded(double value, int index) throws UnfitException {
    float rounded = (float) value;
    if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
      throw new UnfitException(index, "expected what fits the range of a float, got " + value);
    }
    return rounded;
  }

  /** Thrown when a float cannot hold an element; the {@link Source} adds the file and the byte. */
  static final class UnfitException extends IOException {
    private static final long serialVersionUID = 1;

    private final int index;

    UnfitException(int index, String message) {
      super(message);
      this.index = index;
    }

    /** Returns the index of the element, in the order of the file. */
    int index() {
      return index;
    }
  }
}
