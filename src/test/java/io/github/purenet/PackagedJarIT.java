package io.github.purenet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.purenet.testing.PackagedApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** The jar as it is packaged, in the places where people put it. */
class PackagedJarIT {
  private static final Path JAR = Path.of(System.getProperty("purenet.test.jar"));
  private static final String APPLICATION = "io/github/purenet/testing/PackagedApplication.class";

  @TempDir Path folder;

  private static ModuleDescriptor descriptor() {
    return ModuleFinder.of(JAR).find("io.github.purenet").orElseThrow().descriptor();
  }

  @Test
  void is_a_module_with_the_packages_of_the_manifest() throws IOException {
    Set<String> exported =
        descriptor().exports().stream()
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo("io.github.purenet");
      assertThat(manifest.getValue("Bundle-Version")).startsWith("0.1.0");
      assertThat(manifest.getValue("Main-Class")).isEqualTo("io.github.purenet.cli.Main");
      assertThat(manifest.getValue("Require-Capability")).contains("(osgi.ee=JavaSE)(version=17)");
      List<String> imports = List.of(manifest.getValue("Import-Package").split(",(?=[a-z])"));
      assertThat(imports)
          .anyMatch(name -> name.startsWith("jdk.incubator.vector;"))
          .filteredOn(name -> !name.startsWith("io.github.purenet"))
          .allMatch(name -> name.endsWith("resolution:=optional"));
      assertThat(
              Pattern.compile("(?:^|,)(io[.a-z]+);version")
                  .matcher(manifest.getValue("Export-Package"))
                  .results()
                  .map(match -> match.group(1)))
          .containsExactlyInAnyOrderElementsOf(exported);
    }
  }

  @Test
  void trains_in_a_module_layer() throws ReflectiveOperationException {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration()
            .resolve(ModuleFinder.of(JAR), ModuleFinder.of(), Set.of("io.github.purenet"));
    ClassLoader loader =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
            .findLoader("io.github.purenet");
    Class<?> network = loader.loadClass("io.github.purenet.model.SimpleConvNet");

    assertThat(network.getModule().getName()).isEqualTo("io.github.purenet");
    assertThat(network.getMethod("of", long.class).invoke(null, 1L)).isNotNull();
  }

  /** What a plugin makes that puts an application and its libraries into one jar. */
  private Path shaded() throws IOException {
    Path shaded = folder.resolve("shaded.jar");
    try (JarFile jar = new JarFile(JAR.toFile());
        OutputStream out = Files.newOutputStream(shaded);
        JarOutputStream target = new JarOutputStream(out)) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        target.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = jar.getInputStream(entry)) {
          in.transferTo(target);
        }
      }
      target.putNextEntry(new JarEntry(APPLICATION));
      try (InputStream in = getClass().getClassLoader().getResourceAsStream(APPLICATION)) {
        in.transferTo(target);
      }
    }
    return shaded;
  }

  private static String java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s said %s", command, output).isZero();
    return output;
  }

  @Test
  void survives_shading_on_the_class_path_and_on_the_module_path() throws Exception {
    String jar = shaded().toString();
    String main = PackagedApplication.class.getName();
    assertThat(java("-cp", jar, main)).contains("module null, backend scalar, learned");
    assertThat(java("--add-modules=jdk.incubator.vector", "-cp", jar, main))
        .contains("module null, backend ", ", learned");
    String application = where(PackagedApplication.class);
    String module = "--add-modules=io.github.purenet";
    assertThat(java("-p", jar, module, "-cp", application, main))
        .contains("version 0.1.0", "module io.github.purenet, backend scalar, learned");
    String both = module + ",jdk.incubator.vector";
    assertThat(java("-Dpurenet.backend=vector", "-p", jar, both, "-cp", application, main))
        .contains("module io.github.purenet, backend vector, learned");
  }

  private static String where(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void trains_in_an_osgi_framework() throws Exception {
    Framework framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString()));
    framework.start();
    try {
      Bundle library = framework.getBundleContext().installBundle(JAR.toUri().toString());
      Bundle application =
          framework.getBundleContext().installBundle(application().toUri().toString());
      library.start();
      application.start();
      Class<?> type = application.loadClass(PackagedApplication.class.getName());
      Supplier<?> supplier = (Supplier<?>) type.getDeclaredConstructor().newInstance();
      assertThat(supplier.get().toString()).endsWith(", learned");
      assertThat(type.getClassLoader()).isNotEqualTo(getClass().getClassLoader());
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }

  /** A bundle that imports what the application uses. */
  private Path application() throws IOException {
    Path bundle = folder.resolve("application.jar");
    String manifest =
        """
        Manifest-Version: 1.0
        Bundle-ManifestVersion: 2
        Bundle-SymbolicName: application
        Import-Package: io.github.purenet,io.github.purenet.data,io.github.purenet
         .model,io.github.purenet.nn,io.github.purenet.ndarray,io.github.purenet.optim

        """;
    try (OutputStream out = Files.newOutputStream(bundle);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(JarFile.MANIFEST_NAME));
      jar.write(manifest.getBytes(UTF_8));
      jar.putNextEntry(new JarEntry(APPLICATION));
      try (InputStream in = getClass().getClassLoader().getResourceAsStream(APPLICATION)) {
        in.transferTo(jar);
      }
    }
    return bundle;
  }

  @Test
  void tells_native_image_of_every_resource_and_command() throws IOException {
    String folderOfOwn = "META-INF/native-image/io.github.purenet/purenet/";
    String generated = "META-INF/native-image/picocli-generated/io.github.purenet/purenet/";
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<Pattern> patterns =
          strings(jar, folderOfOwn + "resource-config.json", "pattern")
              .map(text -> Pattern.compile(text.replace("\\\\", "\\")))
              .toList();
      List<String> read =
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.matches("io/.*\\.(gz|properties)"))
              .toList();
      assertThat(read)
          .hasSize(5)
          .allMatch(name -> patterns.stream().anyMatch(p -> p.matcher(name).matches()));

      List<String> commands =
          new ClassFileImporter()
              .importJar(jar).stream()
                  .filter(type -> type.isAnnotatedWith("picocli.CommandLine$Command"))
                  .map(JavaClass::getName)
                  .toList();
      assertThat(commands).isNotEmpty();
      assertThat(strings(jar, generated + "reflect-config.json", "name")).containsAll(commands);
    }
  }

  /** The values of a key in a file of JSON. */
  private static Stream<String> strings(JarFile jar, String file, String key) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(file))) {
      String json = new String(in.readAllBytes(), UTF_8);
      return Pattern.compile('"' + key + "\"\\s*:\\s*\"([^\"]*)\"")
          .matcher(json)
          .results()
          .map(match -> match.group(1));
    }
  }
}
