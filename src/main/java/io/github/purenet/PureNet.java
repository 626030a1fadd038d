package io.github.purenet;

import io.github.purenet.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this copy of the library is and how it computes. */
public final class PureNet {

  private PureNet() {}

  /**
   * The version of the library.
   *
   * @return for example {@code 0.1.0}
   */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = PureNet.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties: missing beside PureNet.class");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /**
   * The kernels that compute: {@code vector} where the module {@code jdk.incubator.vector} has been
   * added to the launch, the C2 compiler is active and the processor has fused multiply-add; else
   * {@code scalar}, whose reason is logged once at INFO under {@code io.github.purenet}. {@code
   * -Dpurenet.backend=vector|scalar} overrides.
   *
   * @return {@code vector} or {@code scalar}
   * @throws IllegalArgumentException if the system property is neither, or vector is impossible
   */
  public static String backend() {
    return Kernels.active().name();
  }

  /**
   * How many threads share the work of one call, the caller's among them: the number of processors,
   * or {@code -Dpurenet.threads=N}. Results do not depend on it.
   *
   * @return at least 1
   * @throws IllegalArgumentException if the system property is no number from 1 to 1024
   */
  public static int threads() {
    return Kernels.threads();
  }
}
