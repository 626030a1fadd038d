package io.github.purenet;

import io.github.purenet.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Information about this library: its version, its backend and its number of threads. */
public final class PureNet {

  private PureNet() {}

  /**
   * Returns the version of the library.
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
   * Returns the name of the kernels that compute: {@code vector} if the module {@code
   * jdk.incubator.vector} has been added to the launch, the C2 compiler is active and the processor
   * has fused multiply-add; otherwise {@code scalar}, and the reason is logged once at INFO under
   * {@code io.github.purenet}. {@code -Dpurenet.backend=vector|scalar} overrides the choice, unless
   * a security manager hides the system properties: then it is {@code scalar}.
   *
   * @return {@code vector} or {@code scalar}
   * @throws IllegalArgumentException if the system property is neither, or is {@code vector} where
   *     the vector kernels cannot run
   */
  public static String backend() {
    return Kernels.active().name();
  }

  /**
   * Returns the number of threads that share the work of one call, including the calling thread:
   * the number of processors, or {@code -Dpurenet.threads=N}, or 1 where a security manager hides
   * the system properties. Results do not depend on it. The others are daemon threads, which end
   * when they have been idle for two seconds.
   *
   * @return the number of threads, at least 1
   * @throws IllegalArgumentException if the system property is not a number from 1 to 1024
   */
  public static int threads() {
    return Kernels.threads();
  }
}
