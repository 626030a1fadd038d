package io.github.purenet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.purenet.testing.PackagedApplication;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
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
      assertThat(manifest.getValue("Main-Class")).isEqualTo("io.github.purenet.cli.Launcher");
      assertThat(manifest.getValue("Require-Capability")).contains("(osgi.ee=JavaSE)(version=17)");
      List<String> imports = List.of(manifest.getValue("Import-Package").split(",(?=[a-z])"));
      assertThat(imports)
          .as("imports, none of a package that the bundle has itself")
          .extracting(name -> name.replaceFirst(";version=[^;]*", ""))
          .containsExactlyInAnyOrder(
              "picocli;resolution:=optional",
              "com.sun.net.httpserver;resolution:=optional",
              "javax.imageio;resolution:=optional",
              "javax.imageio.event;resolution:=optional",
              "javax.imageio.stream;resolution:=optional",
              "javax.xml.parsers;resolution:=optional",
              "javax.xml.transform;resolution:=optional",
              "javax.xml.transform.dom;resolution:=optional",
              "javax.xml.transform.stream;resolution:=optional",
              "jdk.incubator.vector;resolution:=optional",
              "org.apache.batik.svggen;resolution:=optional",
              "org.knowm.xchart;resolution:=optional",
              "org.knowm.xchart.internal.series;resolution:=optional",
              "org.knowm.xchart.style;resolution:=optional",
              "org.knowm.xchart.style.lines;resolution:=optional",
              "org.knowm.xchart.style.markers;resolution:=optional",
              "org.w3c.dom;resolution:=optional");
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
      String backend = System.getProperty("purenet.test.backend");
      assertThat(supplier.get().toString()).endsWith("backend " + backend + ", loaded, learned");
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
              .filter(name -> name.matches("io/.*\\.(gz|properties|html|css|js|json|svg)"))
              .toList();
      assertThat(read)
          .hasSizeGreaterThan(5)
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

  /** What is found by its name at run time: native-image must know of it, and it may be renamed. */
  @Test
  void only_these_classes_look_for_anything_by_name() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(new ClassFileImporter().importJar(jar))
          .flatExtracting(JavaClass::getAccessesFromSelf)
          .filteredOn(access -> isByName(access.getTarget()))
          .extracting(access -> access.getOriginOwner().getSimpleName())
          .containsOnly("PureNet", "Mnist", "Launcher", "ReportPage", "SpecReader", "StaticFiles");
    }
  }

  private static boolean isByName(AccessTarget target) {
    String what =
        "java\\.lang\\.(reflect\\.|invoke\\.MethodHandles|ClassLoader\\.(?!getSystemClassLoader)).*"
            + "|java\\.util\\.(ServiceLoader|ResourceBundle)\\..*"
            + "|java\\.lang\\.Class\\.(forName|newInstance|get(Res|Decl|Method|Field|Constr)).*";
    return target.getFullName().matches(what);
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
