package io.github.purenet.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The directory in which downloaded data sets are kept. */
final class Cache {

  private Cache() {}

  /** Returns the directory of a data set; it need not exist. */
  static Path directory(String dataset) {
    return root(System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"))
        .resolve(dataset);
  }

  /**
   * Returns {@code PURENET_HOME} if that is set, otherwise the directory where programs of the
   * platform keep what they can get again.
   */
  static Path root(Map<String, String> environment, String system, String home) {
    String own = environment.getOrDefault("PURENET_HOME", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String name = Objects.requireNonNullElse(system, "").toLowerCase(Locale.ROOT);
    Path user = Path.of(home);
    if (name.startsWith("windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      return (local.isEmpty() ? user.resolve("AppData").resolve("Local") : Path.of(local))
          .resolve("purenet");
    }
    if (name.startsWith("mac")) {
      return user.resolve("Library").resolve("Caches").resolve("purenet");
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    boolean usable = Path.of(cache).isAbsolute(); // as the specification demands
    return (usable ? Path.of(cache) : user.resolve(".cache")).resolve("purenet");
  }
}
