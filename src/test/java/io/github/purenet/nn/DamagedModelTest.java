package io.github.purenet.nn;

import static io.github.purenet.nn.Layers.affine;
import static io.github.purenet.nn.Layers.avgPool;
import static io.github.purenet.nn.Layers.batchNorm;
import static io.github.purenet.nn.Layers.branch;
import static io.github.purenet.nn.Layers.concat;
import static io.github.purenet.nn.Layers.conv;
import static io.github.purenet.nn.Layers.dropout;
import static io.github.purenet.nn.Layers.elu;
import static io.github.purenet.nn.Layers.layerNorm;
import static io.github.purenet.nn.Layers.localResponseNorm;
import static io.github.purenet.nn.Layers.maxPool;
import static io.github.purenet.nn.Layers.relu;
import static io.github.purenet.nn.Layers.residual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.purenet.io.Safetensors;
import io.github.purenet.json.JsonReader;
import io.github.purenet.json.JsonWriter;
import io.github.purenet.ndarray.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a model file holds, {@link Network#load} returns or throws an IOException that names it,
 * and takes no more memory than the file justifies.
 */
@Timeout(60)
class DamagedModelTest {
  private static final long SEED = 20261125;

  /** The file has 4 kB; layers are built with memory of their own, and regular expressions. */
  private static final long MAX_ALLOCATED = 4 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static Network network() {
    Network network =
        Network.of(
                Shape.of(2, 8, 8),
                1,
                conv(3, 3).pad(1),
                batchNorm(),
                relu(),
                maxPool(2),
                localResponseNorm(),
                residual(conv(3, 3).pad(1), layerNorm(), elu()),
                concat(branch(avgPool(2)), branch(conv(2, 2).stride(2))),
                dropout(0.5),
                affine(3))
            .withLoss(new SoftmaxWithLoss().classWeights(1, 2, 3));
    network.setClassNames(List.of("a", "b", "c"));
    network.setNormalization(new Normalization(List.of(0.5, 0.25), List.of(1.0, 0.5)));
    return network;
  }

  /** What happens once only must not count. */
  @BeforeAll
  static void warmUp() throws IOException {
    byte[] file = bytes(ModelFile.of(network()));
    Network.load(new ByteArrayInputStream(file), "sound");
    file[202] ^= 1;
    assertThatThrownBy(() -> Network.load(new ByteArrayInputStream(file), "damaged"));
  }

  private static byte[] bytes(Safetensors content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.write(out);
    return out.toByteArray();
  }

  /** Loads a file; returns whether it was accepted. */
  private static boolean load(byte[] file, String description) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean accepted = true;
    try {
      Network.load(new ByteArrayInputStream(file), "model.file");
    } catch (IOException e) {
      accepted = false;
      assertThat(e).as(description).hasMessageStartingWith("model.file: ");
    } catch (Throwable e) {
      throw new AssertionError(description, e);
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as(description)
        .isLessThan(MAX_ALLOCATED);
    return accepted;
  }

  @Test
  void every_truncation_is_refused() throws IOException {
    byte[] sound = bytes(ModelFile.of(network()));
    assertThat(load(sound, "sound")).isTrue();
    for (int length = 0; length < sound.length; length++) {
      assertThat(load(Arrays.copyOf(sound, length), "length " + length)).isFalse();
    }
  }

  @Test
  void ten_thousand_flipped_bits_do_no_harm() throws IOException {
    byte[] sound = bytes(ModelFile.of(network()));
    int header = 8 + (sound[0] & 0xff) + 256 * (sound[1] & 0xff);
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] damaged = sound.clone();
      int at = random.nextInt(i % 4 == 0 ? sound.length : header);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      accepted += load(damaged, "seed " + SEED + ", case " + i + ", byte " + at) ? 1 : 0;
    }
    assertThat(accepted).as("a flipped bit of a number is another number").isBetween(500, 9_500);
  }

  /** Replaces, removes or repeats something anywhere in a tree of JSON. */
  @SuppressWarnings("unchecked")
  private static Object mutated(Object json, Random random) {
    if (json instanceof Map<?, ?> map && !map.isEmpty() && random.nextInt(8) > 0) {
      List<Object> keys = new ArrayList<>(map.keySet());
      Object key = keys.get(random.nextInt(keys.size()));
      Object value = mutated(map.get(key), random);
      if (random.nextInt(8) == 0) {
        map.remove(key);
      } else {
        ((Map<Object, Object>) map).put(key, value);
      }
      return map;
    }
    if (json instanceof List<?> list && !list.isEmpty() && random.nextInt(8) > 0) {
      int at = random.nextInt(list.size());
      Object value = mutated(list.get(at), random);
      List<Object> all = (List<Object>) list;
      switch (random.nextInt(6)) {
        case 0 -> all.remove(at);
        case 1 -> all.add(at, value);
        default -> all.set(at, value);
      }
      return list;
    }
    List<Object> others =
        Arrays.asList(
            0,
            1,
            2,
            3,
            -1,
            64,
            65_536,
            Integer.MAX_VALUE,
            Integer.MIN_VALUE,
            1L << 40,
            0.0,
            -0.5,
            1e300,
            1e-300,
            true,
            "",
            "conv",
            "affine",
            "relu",
            "SoftmaxWithLoss",
            "same",
            null,
            new ArrayList<>(List.of(2, 2)),
            new HashMap<>(Map.of("kind", "relu")));
    return others.get(random.nextInt(others.size()));
  }

  @Test
  void whatever_the_description_says_only_documented_exceptions_come() throws IOException {
    Safetensors sound = ModelFile.of(network());
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < 5_000; i++) {
      Object json = JsonReader.read(sound.metadata().get("purenet"));
      for (int wounds = 1 + random.nextInt(3); wounds > 0; wounds--) {
        json = mutated(json, random);
      }
      Map<String, String> metadata = Map.of("purenet", JsonWriter.write(json));
      byte[] file = bytes(new Safetensors(sound.arrays(), metadata));
      accepted += load(file, "seed " + SEED + ", case " + i + ": " + metadata) ? 1 : 0;
    }
    assertThat(accepted).isBetween(100, 4_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"filters\":3,' | '\"filters\":10000000,' | conv1.weight: expected an array of",
        "'\"outputs\":3' | '\"outputs\":200000000' | affine1: expected a weight of at most",
        "'\"outputs\":3' | '\"outputs\":10000000' | affine1.weight: expected an array of (10000000,",
        "'[2,8,8]' | '[2,20000,20000]' | residual1.layerNorm1.weight: expected an array of",
        "'\"kind\":\"relu\"' | '\"kind\":\"evil\"' | expected a known kind of layer, got evil",
        "'\"kind\":\"SoftmaxWithLoss\"' | '\"kind\":\"Evil\"' | expected a known kind of loss, got Evil",
        "'\"network\":\"Network\"' | '\"network\":\"Evil\"' | expected a known kind of network, got Evil",
        "'\"format\":1' | '\"format\":2' | expected format 1, got 2 of version ",
        "'\"classNames\":[\"a\",' | '\"classNames\":[' | expected as many names of classes as outputs",
        "'\"format\":1' | '\"format\":1,\"more\":1' | expected the settings ",
        "'\"probability\":0.5' | '\"probability\":1.0' | less than 1, got 1.0",
        "'\"layers\":[' | '\"layers\":[[],' | expected layers with a kind in setting layers",
        "'\"loss\":{' | '\"loss\":{\"loss\":{},' | SoftmaxWithLoss: expected the settings",
      })
  void says_what_is_wrong(String sound, String damaged, String message) throws IOException {
    Safetensors content = ModelFile.of(network());
    String json = content.metadata().get("purenet");
    assertThat(json).contains(sound);
    Map<String, String> metadata = Map.of("purenet", json.replaceFirst(quote(sound), damaged));
    byte[] file = bytes(new Safetensors(content.arrays(), metadata));
    assertThatThrownBy(() -> Network.load(new ByteArrayInputStream(file), "model.file"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("model.file: purenet: ")
        .hasMessageContaining(message);
    load(file, message);
  }

  private static String quote(String text) {
    return Pattern.quote(text);
  }

  @Test
  void layers_within_layers_end_somewhere() throws IOException {
    StringBuilder deep = new StringBuilder();
    String begin = "{\"kind\":\"residual\",\"projection\":[],\"branch\":[";
    deep.append("\"layers\":[").append(begin.repeat(10_000)).append("]}".repeat(10_000));
    Safetensors content = ModelFile.of(network());
    String json = content.metadata().get("purenet").replaceFirst("\"layers\":\\[", "");
    Map<String, String> metadata =
        Map.of("purenet", json.substring(0, 1) + deep + "]," + json.substring(1));
    byte[] file = bytes(new Safetensors(content.arrays(), metadata));
    assertThatThrownBy(() -> Network.load(new ByteArrayInputStream(file), "model.file"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected at most 64 nested arrays and objects");
  }
}
