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
   * The kernels that compute.
   *
   * @return {@code scalar}
   */
  public static String backend() {
    return Kernels.active().name();
  }
}
