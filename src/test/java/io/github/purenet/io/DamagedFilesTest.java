package io.github.purenet.io;

import static io.github.purenet.io.Samples.GOLDEN;
import static io.github.purenet.io.Samples.bytes;
import static io.github.purenet.io.Samples.gzip;
import static io.github.purenet.io.Samples.idx;
import static io.github.purenet.io.Samples.stream;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Damage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, a reader returns or throws an IOException that names the file. */
class DamagedFilesTest {
  private static final int CASES = 1_000;

  /** The files are a kilobyte at most; the readers' own buffers take 200 kB. */
  private static final long MAX_ALLOCATED = 4 << 20;

  @TempDir Path folder;

  static Stream<Arguments> formats() throws IOException {
    byte[] bytes = idx(0x08, new int[] {2, 3}, bytes(0, 1, 2, 127, 128, 255));
    byte[] doubles = idx(0x0E, new int[] {2}, new byte[16]);
    return Stream.of(
        arguments("damaged.idx of bytes", bytes),
        arguments("damaged.idx of doubles", doubles),
        arguments("damaged.idx packed", gzip(bytes)),
        arguments("damaged.npy of floats", golden("f4_little.npy")),
        arguments("damaged.npy of longs", golden("i8_big.npy")),
        arguments("damaged.npy version 3", golden("version_3.npy")),
        arguments("damaged.npy of halves", golden("f2_little.npy")),
        arguments("damaged.npy in Fortran order", golden("fortran_rank_4.npy")),
        arguments("damaged.npz as a stream, stored", golden("stored.npz")),
        arguments("damaged.npz as a stream, deflated", golden("deflated.npz")),
        arguments("damaged.npz stored", golden("stored.npz")),
        arguments("damaged.npz deflated", golden("deflated.npz")),
        arguments("damaged.safetensors", safetensors()));
  }

  private static byte[] safetensors() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    arrays.put("conv1.weight", NDArray.arange(12).reshape(2, 1, 2, 3));
    arrays.put("conv1.bias", NDArray.of(1f, 2f));
    new Safetensors(arrays, Map.of("format", "pt")).write(out);
    return out.toByteArray();
  }

  private static byte[] golden(String name) throws IOException {
    return Files.readAllBytes(GOLDEN.resolve(name));
  }

  @ParameterizedTest
  @MethodSource("formats")
  @Timeout(60)
  void a_damaged_file_is_read_or_refused(String name, byte[] sound) throws IOException {
    Damage.test(sound, "damaged.", CASES, MAX_ALLOCATED, reader(name));
  }

  private Damage.Reader reader(String name) {
    if (name.contains("npz as a stream")) {
      return file -> Npz.read(stream(file), "damaged.npz");
    }
    if (name.contains("npz")) {
      Path path = folder.resolve("damaged.npz");
      return file -> Npz.read(Files.write(path, file));
    }
    if (name.contains("safetensors")) {
      return file -> Safetensors.read(stream(file), "damaged.safetensors");
    }
    return name.contains("npy")
        ? file -> Npy.read(stream(file), "damaged.npy")
        : file -> Idx.read(stream(file), "damaged.idx").toNDArray();
  }
}
