package io.github.purenet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.testing.Jdk;
import io.github.purenet.testing.PackagedApplication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar inside of an application's jar, as a plugin makes it that puts all into one. */
class ShadedJarIT {
  private static final Path JAR = Path.of(System.getProperty("purenet.test.jar"));
  private static final String MAIN = PackagedApplication.class.getName();
  private static final String DESCRIPTOR = "module-info.class";

  @TempDir Path folder;

  @Test
  void runs_on_the_class_path() throws Exception {
    String jar = shaded("shaded.jar", true, text -> text);
    assertThat(Jdk.present().java("-cp", jar, MAIN))
        .contains("module null, backend scalar, loaded, learned");
    assertThat(Jdk.present().java(vector("-cp", jar, MAIN)))
        .contains("module null, backend vector, loaded, learned");
  }

  @Test
  void runs_on_the_module_path_with_its_descriptor() throws Exception {
    String jar = shaded("shaded.jar", true, text -> text);
    String application = where(PackagedApplication.class);
    String module = "--add-modules=io.github.purenet";
    assertThat(Jdk.present().java("-p", jar, module, "-cp", application, MAIN))
        .contains("version 0.1.0", "module io.github.purenet, backend scalar, loaded, learned");
    assertThat(Jdk.present().java(vector("-p", jar, module, "-cp", application, MAIN)))
        .contains("module io.github.purenet, backend vector, loaded, learned");
  }

  /** As maven-shade-plugin makes it, which drops descriptors. */
  @Test
  void runs_on_the_module_path_without_a_descriptor() throws Exception {
    String jar = shaded("app.jar", false, text -> text);
    assertThat(Jdk.present().java("-p", jar, "-m", "app/" + MAIN))
        .contains("module app, backend scalar, loaded, learned");
    assertThat(Jdk.present().java(vector("-p", jar, "-m", "app/" + MAIN)))
        .contains("module app, backend vector, loaded, learned");
  }

  /** So that two libraries of one application may each have a version of their own. */
  @Test
  void runs_under_another_name() throws Exception {
    UnaryOperator<String> renamed =
        text ->
            text.replace("io/github/purenet", "app/own/net")
                .replace("io.github.purenet", "app.own.net");
    String jar = shaded("renamed.jar", false, renamed);
    String main = renamed.apply(MAIN);
    assertThat(Jdk.present().java("-cp", jar, main))
        .contains("version 0.1.0", "module null, backend scalar, loaded, learned");
    assertThat(Jdk.present().java(vector("-cp", jar, main)))
        .contains("module null, backend vector, loaded, learned");
  }

  /** Puts the library and the application into one jar, with other names in paths and classes. */
  private String shaded(String file, boolean withDescriptor, UnaryOperator<String> names)
      throws IOException {
    Path shaded = folder.resolve(file);
    try (JarFile jar = new JarFile(JAR.toFile());
        OutputStream out = Files.newOutputStream(shaded);
        JarOutputStream target = new JarOutputStream(out)) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        if (withDescriptor || !entry.getName().equals(DESCRIPTOR)) {
          try (InputStream in = jar.getInputStream(entry)) {
            put(target, entry.getName(), in.readAllBytes(), names);
          }
        }
      }
      String application = MAIN.replace('.', '/') + ".class";
      try (InputStream in = getClass().getClassLoader().getResourceAsStream(application)) {
        put(target, application, in.readAllBytes(), names);
      }
    }
    return shaded.toString();
  }

  private static void put(
      JarOutputStream jar, String path, byte[] content, UnaryOperator<String> names)
      throws IOException {
    jar.putNextEntry(new JarEntry(names.apply(path)));
    jar.write(path.endsWith(".class") ? renamed(content, names) : text(path, content, names));
  }

  /** Changes the names of services, as maven-shade-plugin's ServicesResourceTransformer does. */
  private static byte[] text(String path, byte[] content, UnaryOperator<String> names) {
    return path.startsWith("META-INF/services/")
        ? names.apply(new String(content, UTF_8)).getBytes(UTF_8)
        : content;
  }

  /** Changes all texts in the constant pool of a class (JVM Specification, section 4.4). */
  private static byte[] renamed(byte[] code, UnaryOperator<String> names) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(code));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(in.readNBytes(8)); // magic and version
    int count = in.readUnsignedShort();
    out.writeShort(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      switch (tag) {
        case 1 -> out.writeUTF(names.apply(in.readUTF()));
        case 5, 6 -> { // a long or double takes two places
          out.write(in.readNBytes(8));
          i++;
        }
        case 7, 8, 16, 19, 20 -> out.write(in.readNBytes(2));
        case 15 -> out.write(in.readNBytes(3));
        default -> out.write(in.readNBytes(4));
      }
    }
    in.transferTo(out);
    return bytes.toByteArray();
  }

  private static String where(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** The arguments, and those for the vector kernels, wherever the processor has vectors. */
  private static String[] vector(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--add-modules=jdk.incubator.vector", "-Dpurenet.backend=vector"));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }
}
