package io.github.purenet.io;

import io.github.purenet.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Static methods that read the named arrays written by {@code numpy.savez} or {@code
 * numpy.savez_compressed}, as float32, and write such files for {@code numpy.load}. Such a file is
 * a zip archive of {@linkplain Npy npy files}.
 *
 * <p>Whoever names the wanted entries gets them whatever the others are. Only those are unpacked,
 * and an entry that cannot be read does no harm to another: one of a type that {@link Npy} does not
 * support, such as strings or Python objects, one that is damaged, one that is no npy file. Among
 * the wanted ones such an entry causes an IOException that names it.
 *
 * <p>The name of an entry is that of its file without {@code .npy}, and whole if it ends otherwise.
 * A file is read in the default file system, the only one in which the JDK opens zip files; for any
 * other one there are streams.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** How many entries that cannot be read a message names, before reading is given up. */
  private static final int MAX_FAILURES = 10;

  /** How many names a message lists. */
  private static final int MAX_NAMES = 20;

  /** The time of all entries, the first that a zip archive knows. */
  private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Returns the names of all entries of a file, of those that cannot be read too. Only the
   * directory of the file is read.
   *
   * @param file the file
   * @return the names, each once, in the order of the file; unmodifiable
   * @throws IOException if the file cannot be read or is not a valid zip archive
   * @throws IllegalArgumentException if the file is not in the default file system
   */
  public static Set<String> names(Path file) throws IOException {
    try (Archive archive = open(file)) {
      Set<String> names = new LinkedHashSet<>();
      for (Archive.Entry entry : archive.entries()) {
        names.add(key(entry));
      }
      return Collections.unmodifiableSet(names);
    }
  }

  /**
   * Reads all arrays of a file.
   *
   * @param file the file
   * @return the arrays by name, in the order of the file; unmodifiable
   * @throws IOException if the file cannot be read or is not a valid zip archive, if any entry is
   *     not an npy file that {@link Npy} supports, or if a name occurs twice
   * @throws IllegalArgumentException if the file is not in the default file system
   */
  public static Map<String, NDArray> read(Path file) throws IOException {
    return read(file, name -> true);
  }

  /**
   * Reads some arrays of a file: {@code read(file, Set.of("W1", "b1")::contains)}, or all but one
   * by {@code read(file, name -> !name.equals("history"))}.
   *
   * @param file the file
   * @param wanted tells by its name whether an entry is to be read
   * @return the arrays by name, in the order of the file; unmodifiable
   * @throws IOException if the file cannot be read or is not a valid zip archive, if a wanted entry
   *     is not an npy file that {@link Npy} supports, or if its name occurs twice
   * @throws IllegalArgumentException if the file is not in the default file system
   */
  public static Map<String, NDArray> read(Path file, Predicate<String> wanted) throws IOException {
    Objects.requireNonNull(wanted, "wanted");
    try (Archive archive = open(file)) {
      return read(archive, archive.entries(), file.toString(), wanted);
    }
  }

  /**
   * Reads one array of a file.
   *
   * @param file the file
   * @param entry the name of the array
   * @return the array
   * @throws IOException if the file cannot be read or is not a valid zip archive, if it has no such
   *     entry, if the entry is not an npy file that {@link Npy} supports, or if its name occurs
   *     twice
   * @throws IllegalArgumentException if the file is not in the default file system
   */
  public static NDArray read(Path file, String entry) throws IOException {
    Objects.requireNonNull(entry, "entry");
    try (Archive archive = open(file)) {
      List<Archive.Entry> entries = archive.entries();
      NDArray array = read(archive, entries, file.toString(), entry::equals).get(entry);
      if (array == null) {
        List<String> names = entries.stream().map(Npz::key).toList();
        throw new IOException(
            file
                + ": expected an entry "
                + entry
                + ", got "
                + (names.isEmpty() ? "none" : listed(names, MAX_NAMES)));
      }
      return array;
    }
  }

  /**
   * Reads all arrays of a stream, such as a resource on the class path: {@code
   * Npz.read(Main.class.getResourceAsStream("weights.npz"), "weights.npz")}. The stream is read to
   * its end, packed as it is, and not closed.
   *
   * @param in the stream
   * @param name the name of the stream in messages
   * @return the arrays by name, in the order of the archive; unmodifiable
   * @throws IOException if the stream cannot be read or is not a valid zip archive, if any entry is
   *     not an npy file that {@link Npy} supports, or if a name occurs twice
   */
  public static Map<String, NDArray> read(InputStream in, String name) throws IOException {
    return read(in, name, entry -> true);
  }

  /**
   * Reads some arrays of a stream. It is read to its end, packed as it is, and not closed.
   *
   * @param in the stream
   * @param name the name of the stream in messages
   * @param wanted tells by its name whether an entry is to be read
   * @return the arrays by name, in the order of the archive; unmodifiable
   * @throws IOException if the stream cannot be read or is not a valid zip archive, if a wanted
   *     entry is not an npy file that {@link Npy} supports, or if its name occurs twice
   */
  public static Map<String, NDArray> read(InputStream in, String name, Predicate<String> wanted)
      throws IOException {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(wanted, "wanted");
    Archive archive = new ZipBytes(bytes(in, name), name);
    return read(archive, archive.entries(), name, wanted);
  }

  private static byte[] bytes(InputStream in, String name) throws IOException {
    byte[] bytes;
    boolean more;
    try {
      bytes = in.readNBytes(Source.MAX_ARRAY);
      more = bytes.length == Source.MAX_ARRAY && in.read() >= 0;
    } catch (IOException e) {
      throw new IOException(name + ": cannot read on: " + Source.reason(e), e);
    }
    if (more) {
      throw new IOException(name + ": expected at most " + Source.MAX_ARRAY + " bytes, got more");
    }
    return bytes;
  }

  /**
   * Writes a file as a whole, not compressed. The same arrays give the same bytes.
   *
   * @param file the file, which is created or replaced
   * @param arrays the arrays by name, in the order of the file
   * @throws IOException if it cannot be written, which leaves an old one as it was; the message
   *     names the file
   */
  public static void write(Path file, Map<String, NDArray> arrays) throws IOException {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(arrays, "arrays");
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.setMethod(ZipEntry.STORED);
          for (Map.Entry<String, NDArray> named : arrays.entrySet()) {
            zip.putNextEntry(entry(named.getKey() + SUFFIX, named.getValue()));
            Npy.write(named.getValue(), zip);
            zip.closeEntry();
          }
          zip.finish();
        });
  }

  /** Returns an entry with the checksum and the size, which come before the bytes. */
  private static ZipEntry entry(String name, NDArray array) throws IOException {
    CheckedOutputStream counted =
        new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    Npy.write(array, counted);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EPOCH);
    entry.setCrc(counted.getChecksum().getValue());
    entry.setSize(Npy.size(array));
    return entry;
  }

  private static Archive open(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    if (file.getFileSystem() != FileSystems.getDefault()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: expected a file of the default file system, got one of %s",
              file,
              file.getFileSystem().provider().getScheme()));
    }
    return Archive.open(file);
  }

  private static String key(Archive.Entry entry) {
    String name = entry.name();
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  private static Map<String, NDArray> read(
      Archive archive, List<Archive.Entry> entries, String name, Predicate<String> wanted)
      throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    Map<String, IOException> failures = new LinkedHashMap<>();
    Set<String> ambiguous = repeated(entries);
    long packed = 0;
    for (Archive.Entry entry : entries) {
      if (failures.size() < MAX_FAILURES && wanted.test(key(entry))) {
        packed += Math.max(entry.packedSize(), 0);
        if (packed > archive.length()) {
          throw new IOException(
              name + ": expected entries that do not overlap, got " + entry.name() + " that does");
        }
        try {
          checkName(entry, ambiguous, name);
          arrays.put(key(entry), read(entry, name + ": " + entry.name()));
        } catch (IOException e) {
          failures.put(entry.name(), e);
        }
      }
    }
    if (!failures.isEmpty()) {
      throw combined(failures);
    }
    return Collections.unmodifiableMap(arrays);
  }

  /** Returns the names that occur more than once. */
  private static Set<String> repeated(List<Archive.Entry> entries) {
    Set<String> once = new HashSet<>();
    Set<String> repeated = new HashSet<>();
    for (Archive.Entry entry : entries) {
      if (!once.add(key(entry))) {
        repeated.add(key(entry));
      }
    }
    return repeated;
  }

  private static void checkName(Archive.Entry entry, Set<String> ambiguous, String name)
      throws IOException {
    if (!entry.name().endsWith(SUFFIX)) {
      throw new IOException(name + ": expected entries that end in .npy, got " + entry.name());
    }
    if (ambiguous.contains(key(entry))) {
      throw new IOException(name + ": expected each name once, got " + entry.name() + " again");
    }
  }

  private static NDArray read(Archive.Entry entry, String name) throws IOException {
    CRC32 crc = new CRC32();
    NDArray array;
    try (InputStream in = open(entry, name);
        Source source = Source.of(new CheckedInputStream(in, crc), name, entry.size())) {
      array = Npy.read(source);
    }
    if (crc.getValue() != entry.crc()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: expected a checksum of %08x, got %08x",
              name,
              entry.crc(),
              crc.getValue()));
    }
    return array;
  }

  private static InputStream open(Archive.Entry entry, String name) throws IOException {
    try {
      return entry.open();
    } catch (IOException e) {
      throw new IOException(name + ": cannot open the entry: " + Source.reason(e), e);
    }
  }

  /** Returns the first failure, whose message also names the other entries that failed. */
  private static IOException combined(Map<String, IOException> failures) {
    IOException first = failures.values().iterator().next();
    if (failures.size() == 1) {
      return first;
    }
    List<String> others = new ArrayList<>(failures.keySet()).subList(1, failures.size());
    IOException all =
        new IOException(
            first.getMessage() + "; nor can be read " + listed(others, MAX_FAILURES - 2), first);
    failures.values().stream().skip(1).forEach(all::addSuppressed);
    return all;
  }

  private static String listed(Collection<String> names, int most) {
    String text = names.stream().limit(most).collect(Collectors.joining(", "));
    return names.size() > most ? text + ", ..." : text;
  }
}
