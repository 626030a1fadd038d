package io.github.purenet.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD) // a child may hang
class BackendTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String MISSING =
      "the module is missing; add it with --add-modules jdk.incubator.vector";

  private final Workers workers = new Workers(1);

  private static final class Records extends Handler {
    final List<LogRecord> seen = new ArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      seen.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** What the logger of the library is told while the kernels are chosen. */
  private List<LogRecord> choosing(Level level, String expected) {
    assertThat(Kernels.active()).isNotNull(); // the process's own choice has been said
    Logger logger = Logger.getLogger("io.github.purenet");
    Records records = new Records();
    logger.addHandler(records);
    logger.setUseParentHandlers(false);
    logger.setLevel(level);
    try {
      assertThat(Backend.choose(null, workers).kernels().name()).isEqualTo(expected);
    } finally {
      logger.setLevel(null);
      logger.setUseParentHandlers(true);
      logger.removeHandler(records);
    }
    return records.seen;
  }

  @Test
  void the_processs_kernels_are_those_that_this_run_expects() {
    assertThat(Kernels.active()).isSameAs(Kernels.active());
    assertThat(Kernels.active().name()).isEqualTo(System.getProperty("purenet.test.backend"));
    assertThat(Kernels.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void scalar_can_be_had_everywhere() {
    Backend.Choice choice = Backend.choose("scalar", workers);
    assertThat(choice.kernels().name()).isEqualTo("scalar");
    assertThat(choice.reason()).isEqualTo("-Dpurenet.backend=scalar asks for it");
  }

  @Test
  void vector_can_be_had_with_the_module() {
    assumeTrue(TestBackends.vectorModule());
    Backend.Choice choice = Backend.choose("vector", workers);
    assertThat(choice.kernels().name()).isEqualTo("vector");
    assertThat(choice.reason()).matches("vectors of (128|256|512) bits");
    assertThat(choosing(Level.ALL, "vector")).isEmpty();
  }

  @Test
  void vector_without_the_module_says_what_to_do() {
    assumeTrue(!TestBackends.vectorModule());
    assertThatThrownBy(() -> Backend.choose("vector", workers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("purenet.backend: expected what this JVM can do, got vector: " + MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Vector", "cuda", "scalar "})
  void any_other_name_is_refused(String name) {
    assertThatThrownBy(() -> Backend.choose(name, workers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("purenet.backend: expected vector or scalar, got " + name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "two", "1025", "1.5", "99999999999"})
  void nonsense_for_the_number_of_threads_is_refused(String value) {
    assertThatThrownBy(() -> SystemProperties.threads(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("purenet.threads: expected a number from 1 to 1024, got " + value);
  }

  @Test
  void the_number_of_threads_is_the_users_or_that_of_the_processors() {
    assertThat(SystemProperties.threads("1")).isEqualTo(1);
    assertThat(SystemProperties.threads(" 7 ")).isEqualTo(7);
    assertThat(SystemProperties.threads("1024")).isEqualTo(1024);
    assertThat(SystemProperties.threads(null))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void a_missing_module_is_logged_once_at_info_and_can_be_muted() {
    assumeTrue(!TestBackends.vectorModule());
    List<LogRecord> seen = choosing(Level.ALL, "scalar");
    assertThat(Backend.choose(null, workers).reason()).isEqualTo(MISSING);
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(new SimpleFormatter().formatMessage(seen.get(0)))
        .isEqualTo("scalar kernels, because " + MISSING);
    assertThat(choosing(Level.WARNING, "scalar")).isEmpty();
  }

  static Stream<Arguments> launches() {
    return Stream.of(
        arguments(List.of(), MISSING),
        arguments(List.of(MODULE, "-Xint"), "the JVM only interprets (interpreted mode"),
        arguments(List.of(MODULE, "-XX:TieredStopAtLevel=1"), "the C2 compiler is not active"),
        arguments(
            List.of(MODULE, "-XX:+UnlockDiagnosticVMOptions", "-XX:-UseFMA"),
            "the processor has no fused multiply-add"));
  }

  /** The process asks three times; the reason is decided and said once. */
  @ParameterizedTest
  @MethodSource("launches")
  void each_reason_to_fall_back_is_said_once_a_process(List<String> flags, String reason)
      throws Exception {
    assumeTrue(flags.isEmpty() || TestBackends.vectorModule());
    String output = ChildJvm.start("backend", flags).output();
    assertThat(output.lines().filter(line -> line.startsWith("backend "))).hasSize(3);
    assertThat(output).contains("backend scalar ").doesNotContain("backend vector");
    assertThat(output).containsOnlyOnce("scalar kernels, because " + reason);
  }

  @Test
  void a_process_that_gets_what_it_asks_for_logs_nothing() throws Exception {
    ChildJvm scalar =
        ChildJvm.start("backend", List.of("-Dpurenet.backend=scalar", "-Dpurenet.threads=3"));
    assertThat(scalar.output()).isEqualTo(threeTimes("backend scalar 3"));
    if (TestBackends.vectorModule()) {
      ChildJvm vector = ChildJvm.start("backend", List.of(MODULE, "-Dpurenet.threads=5"));
      assertThat(vector.output())
          .contains(threeTimes("backend vector 5"))
          .doesNotContain("because");
    }
  }

  /** Not a NoClassDefFoundError from the second call on. */
  @Test
  void a_wrong_setting_is_said_on_every_call() throws Exception {
    assertThat(ChildJvm.start("backend", List.of("-Dpurenet.threads=many")).output())
        .isEqualTo(
            threeTimes(
                "backend java.lang.IllegalArgumentException: purenet.threads: expected a number"
                    + " from 1 to 1024, got many"));
    assertThat(ChildJvm.start("backend", List.of("-Dpurenet.backend=vector")).output())
        .isEqualTo(
            threeTimes(
                "backend java.lang.IllegalArgumentException: purenet.backend: expected what this"
                    + " JVM can do, got vector: "
                    + MISSING));
  }

  /** The default policy hides even the properties that choose. */
  @Test
  void a_security_manager_leaves_the_scalar_kernels_and_one_thread() throws Exception {
    assumeTrue(Runtime.version().feature() < 24); // later JDKs have none
    List<String> flags = new ArrayList<>(List.of("-Djava.security.manager=default"));
    if (TestBackends.vectorModule()) {
      flags.add(MODULE);
    }
    String unguarded = ChildJvm.start("step", List.of("-Dpurenet.backend=scalar")).output();
    assertThat(ChildJvm.start("step", flags).output())
        .contains(threeTimes("backend scalar 1"))
        .containsOnlyOnce("scalar kernels and one thread, because access denied (")
        .endsWith(unguarded.substring(unguarded.indexOf("step ")));
  }

  /** The library's properties may be readable, and those of the Vector API not. */
  @Test
  void a_security_manager_that_stops_the_vector_api_leaves_the_scalar_kernels(@TempDir Path dir)
      throws Exception {
    assumeTrue(Runtime.version().feature() < 24 && TestBackends.vectorModule());
    Path policy =
        Files.writeString(
            dir.resolve("policy"),
            """
            grant {
              permission java.util.PropertyPermission "purenet.*", "read";
              permission java.util.PropertyPermission "java.vm.info", "read";
            };
            """);
    List<String> flags =
        List.of("-Djava.security.manager=default", "-Djava.security.policy=" + policy, MODULE);
    assertThat(ChildJvm.start("step", flags).output())
        .contains("backend scalar ")
        .containsOnlyOnce("scalar kernels, because the vector kernels do not load: ")
        .contains("step ");
  }

  private static String threeTimes(String line) {
    return (line + System.lineSeparator()).repeat(3);
  }
}
