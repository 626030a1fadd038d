package io.github.purenet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.purenet.testing.Jdk;
import io.github.purenet.testing.Page;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's program and its dependency in an application, as Maven builds it from a local
 * repository that has the library and nothing else, on the class path, in one jar of
 * maven-shade-plugin, in one of Spring Boot, on the module path and in an image of jlink, on every
 * JDK of this machine.
 */
@Timeout(600)
class ConsumersIT {
  private static final Path JAR = Path.of(System.getProperty("purenet.test.jar"));
  private static final Page README = new Page(Path.of("README.md"));

  @TempDir static Path folder;

  private static Path library;
  private static String program;

  @BeforeAll
  static void build() throws Exception {
    program = program();
    Files.createDirectories(folder.resolve("src/main/java"));
    Files.writeString(folder.resolve("src/main/java/Digits.java"), program);
    Files.writeString(folder.resolve("pom.xml"), pom());
    Files.writeString(folder.resolve("settings.xml"), settings());
    library = install();
    Jdk.run(
        Path.of(System.getProperty("purenet.test.maven"), "bin", mvn()),
        "-B",
        "-q",
        "-f",
        folder.resolve("pom.xml").toString(),
        "-gs",
        folder.resolve("settings.xml").toString(),
        "-Dmaven.repo.local=" + folder.resolve("repository"),
        "package");
  }

  private static String mvn() {
    return System.getProperty("os.name").startsWith("Windows") ? "mvn.cmd" : "mvn";
  }

  /** The README's first program, with fewer digits to learn. */
  private static String program() {
    String code = README.programs().get(0).code();
    String shorter =
        code.replace("epochs(3)", "epochs(1)")
            .replace("mnist.train(),", "mnist.train().head(200),");
    assertThat(shorter).contains("epochs(1)").contains("head(200)");
    return shorter;
  }

  private static String pom() {
    Matcher dependency =
        Pattern.compile("(?s) *<dependency>.*?</dependency>").matcher(README.text());
    assertThat(dependency.find()).as("a dependency in the README").isTrue();
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>consumer</groupId>
          <artifactId>consumer</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencies>
        DEPENDENCY
          </dependencies>
          <build>
            <plugins>
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-compiler-plugin</artifactId>
                <version>3.16.0</version>
              </plugin>
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-jar-plugin</artifactId>
                <version>3.5.1</version>
              </plugin>
              <plugin>
                <groupId>org.apache.maven.plugins</groupId>
                <artifactId>maven-shade-plugin</artifactId>
                <version>3.6.1</version>
                <executions>
                  <execution>
                    <phase>package</phase>
                    <goals>
                      <goal>shade</goal>
                    </goals>
                    <configuration>
                      <shadedArtifactAttached>true</shadedArtifactAttached>
                      <shadedClassifierName>fat</shadedClassifierName>
                    </configuration>
                  </execution>
                </executions>
              </plugin>
              <plugin>
                <groupId>org.springframework.boot</groupId>
                <artifactId>spring-boot-maven-plugin</artifactId>
                <version>4.1.2</version>
                <executions>
                  <execution>
                    <goals>
                      <goal>repackage</goal>
                    </goals>
                    <configuration>
                      <classifier>boot</classifier>
                      <mainClass>Digits</mainClass>
                      <includeTools>false</includeTools>
                    </configuration>
                  </execution>
                </executions>
              </plugin>
            </plugins>
          </build>
        </project>
        """
        .replace("DEPENDENCY", dependency.group());
  }

  /**
   * Plugins come from what this build has downloaded already, and else from where they always do.
   */
  private static String settings() {
    String repository =
        """
        <id>downloaded</id>
        <url>URL</url>
        <snapshots>
          <enabled>false</enabled>
        </snapshots>
        """
            .replace(
                "URL", Path.of(System.getProperty("purenet.test.repository")).toUri().toString());
    return """
        <settings>
          <profiles>
            <profile>
              <id>downloaded</id>
              <repositories><repository>REPOSITORY</repository></repositories>
              <pluginRepositories><pluginRepository>REPOSITORY</pluginRepository></pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles>
            <activeProfile>downloaded</activeProfile>
          </activeProfiles>
        </settings>
        """
        .replace("REPOSITORY", repository);
  }

  /** Puts the jar and the pom where {@code mvn install} would; returns the jar. */
  private static Path install() throws IOException {
    String version = PureNet.version();
    Path place = folder.resolve("repository/io/github/purenet/purenet").resolve(version);
    Files.createDirectories(place);
    Files.copy(Path.of("pom.xml"), place.resolve("purenet-" + version + ".pom"));
    return Files.copy(JAR, place.resolve("purenet-" + version + ".jar"));
  }

  private static Path target(String file) {
    return folder.resolve("target").resolve(file);
  }

  private static void assertLearns(String output) {
    assertThat(output)
        .containsPattern("epoch 1/1 .* test accuracy 0\\.\\d+")
        .contains("predicted ");
  }

  @Test
  void on_the_class_path() throws Exception {
    String path = target("classes") + File.pathSeparator + library;
    for (Jdk jdk : Jdk.all()) {
      assertLearns(jdk.java("-cp", path, "Digits"));
    }
  }

  @Test
  void shaded_into_one_jar() throws Exception {
    assertThat(entries(target("consumer-1-fat.jar")))
        .filteredOn(name -> name.endsWith(".class"))
        .allMatch(name -> name.startsWith("io/github/purenet/") || name.equals("Digits.class"));
    for (Jdk jdk : Jdk.all()) {
      assertLearns(jdk.java("-cp", target("consumer-1-fat.jar").toString(), "Digits"));
    }
  }

  @Test
  void in_a_jar_of_spring_boot() throws Exception {
    assertThat(entries(target("consumer-1-boot.jar")))
        .filteredOn(name -> name.matches("BOOT-INF/lib/.+"))
        .as("artifacts")
        .containsExactly("BOOT-INF/lib/" + library.getFileName());
    for (Jdk jdk : Jdk.all()) {
      assertLearns(jdk.java("-jar", target("consumer-1-boot.jar").toString()));
    }
  }

  private static List<String> entries(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile());
        Stream<JarEntry> entries = file.stream()) {
      return entries.map(JarEntry::getName).toList();
    }
  }

  /** Compiles the program as a module, which needs a package. */
  private static Path module(Jdk jdk) throws Exception {
    Path source = folder.resolve("module");
    Files.createDirectories(source.resolve("digits"));
    Files.writeString(
        source.resolve("module-info.java"), "module digits { requires io.github.purenet; }");
    Files.writeString(source.resolve("digits/Digits.java"), "package digits;\n" + program);
    Path classes = folder.resolve("module-classes-" + jdk.version());
    jdk.tool(
        "javac",
        "-p",
        library.toString(),
        "-d",
        classes.toString(),
        source.resolve("module-info.java").toString(),
        source.resolve("digits/Digits.java").toString());
    return classes;
  }

  @Test
  void on_the_module_path() throws Exception {
    for (Jdk jdk : Jdk.all()) {
      String path = module(jdk) + File.pathSeparator + library;
      assertLearns(jdk.java("-p", path, "-m", "digits/digits.Digits"));
    }
  }

  @Test
  void in_an_image_of_jlink() throws Exception {
    for (Jdk jdk : Jdk.all()) {
      Path image = folder.resolve("image-" + jdk.version());
      String path = module(jdk) + File.pathSeparator + library;
      jdk.tool("jlink", "-p", path, "--add-modules", "digits", "--output", image.toString());
      Path java = image.resolve("bin/java");
      assertThat(Jdk.run(java, "--list-modules").lines())
          .extracting(line -> line.replaceFirst("@.*", ""))
          .containsExactlyInAnyOrder("java.base", "io.github.purenet", "digits");
      assertLearns(Jdk.run(java, "-m", "digits/digits.Digits"));
    }
  }
}
