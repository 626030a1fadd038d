package io.github.purenet.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Fetches files from mirrors into a directory. A file appears under its name only when it is whole
 * and its checksum is right; what has arrived before that is in {@code NAME.part}, where a later
 * try goes on. A lock keeps two processes, or threads, from writing to one file.
 */
final class Download {
  private static final int BUFFER = 1 << 16;
  private static final int MAX_REDIRECTS = 5;

  private final List<URI> mirrors;
  private final Progress progress;
  private final int timeout;

  /** Is told of each piece that arrives. */
  @FunctionalInterface
  interface Progress {
    /** Reports the bytes that there are and those that there will be, or -1 if that is unknown. */
    void arrived(String name, long bytes, long total);
  }

  /**
   * Creates a download.
   *
   * @param mirrors the directories on the mirrors, tried in this order
   * @param progress is told of each piece that arrives
   * @param timeout how long to wait for a connection, or for the next bytes, in milliseconds; a
   *     mirror is left, too, if it sends less than a kilobyte a second for twice this time
   */
  Download(List<URI> mirrors, Progress progress, int timeout) {
    this.mirrors = List.copyOf(mirrors);
    this.progress = progress;
    this.timeout = timeout;
  }

  /**
   * Fetches those files that are not there yet.
   *
   * @throws IOException if no mirror has a file as it should be; the message says what each mirror
   *     answered, and where to put the file by hand
   */
  void fetch(List<RemoteFile> files, Path directory) throws IOException {
    for (RemoteFile file : files) {
      if (!file.isIn(directory)) {
        Files.createDirectories(directory);
        try {
          fetch(file, directory);
        } catch (NoMirrorException e) {
          List<String> missing =
              files.stream().filter(f -> !f.isIn(directory)).map(RemoteFile::name).toList();
          throw new IOException(
              String.format(
                  Locale.ROOT,
                  "%s; you can put %s by hand into %s",
                  e.getMessage(),
                  String.join(", ", missing),
                  directory.toAbsolutePath()));
        }
      }
    }
  }

  /** Thrown when no mirror has a file; the message says what each of them answered. */
  private static final class NoMirrorException extends IOException {
    private static final long serialVersionUID = 1;

    NoMirrorException(String message) {
      super(message);
    }
  }

  private void fetch(RemoteFile file, Path directory) throws IOException {
    Path lockFile = directory.resolve(file.name() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (!lock.isValid() || file.isIn(directory)) {
        return; // another process was faster
      }
      List<String> answers = new ArrayList<>();
      for (URI mirror : mirrors) {
        try {
          fetch(file, mirror.resolve(file.name()), directory);
          return;
        } catch (IOException e) {
          if (isOwn(e)) {
            throw e;
          }
          answers.add(mirror + ": " + reason(e));
        }
      }
      throw new NoMirrorException(
          String.format(
              Locale.ROOT,
              "%s: expected to download it, got from %s",
              file.name(),
              String.join("; from ", answers)));
    }
  }

  /** Returns whether the fault is here, so that no other mirror would help. */
  private static boolean isOwn(IOException e) {
    boolean interrupted =
        e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    return interrupted || e instanceof FileSystemException;
  }

  private static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "unknown host " + e.getMessage(); // offline, mostly
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Waits for the lock: of another process in the kernel, of another thread by trying again. */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        try {
          Thread.sleep(50);
        } catch (InterruptedException interrupt) {
          Thread.currentThread().interrupt();
          throw new InterruptedIOException("interrupted while another thread downloads");
        }
      }
    }
  }

  private void fetch(RemoteFile file, URI from, Path directory) throws IOException {
    Path part = directory.resolve(file.name() + ".part");
    boolean resumed = Files.exists(part);
    receive(file, from, part);
    try {
      check(file, part);
    } catch (IOException e) {
      Files.delete(part);
      if (!resumed) {
        throw e;
      }
      receive(file, from, part); // the beginning may have been of another mirror
      check(file, part);
    }
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true); // a rename that outlives a crash must not name a file that does not
    }
    Files.move(part, directory.resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Appends to the part what it lacks, or begins anew where the mirror cannot go on. */
  private void receive(RemoteFile file, URI from, Path part) throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    HttpURLConnection connection = connect(from, have);
    try {
      int status = connection.getResponseCode();
      if (status == 416) { // nothing is missing, or the part is longer than the file
        return;
      }
      if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
        throw new IOException("HTTP status " + status);
      }
      boolean goesOn = status == HttpURLConnection.HTTP_PARTIAL;
      long start = goesOn ? have : 0;
      long rest = connection.getContentLengthLong();
      long total = rest < 0 ? -1 : start + rest;
      long got = start;
      try (InputStream in = connection.getInputStream();
          OutputStream out =
              Files.newOutputStream(
                  part,
                  StandardOpenOption.CREATE,
                  goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
        byte[] buffer = new byte[BUFFER];
        Pace pace = new Pace(timeout);
        for (int count; (count = in.read(buffer)) >= 0; ) {
          pace.arrived(count);
          out.write(buffer, 0, count);
          got += count;
          if (got > 2 * file.size() + BUFFER) {
            throw new IOException(
                "expected a file of " + file.size() + " bytes unpacked, got more");
          }
          progress.arrived(file.name(), got, total);
        }
      }
      if (total >= 0 && got < total) {
        throw new IOException("expected " + total + " bytes, got " + got);
      }
    } finally {
      connection.disconnect();
    }
  }

  /** Connects and follows redirects, from http to https, too, but not back. */
  private HttpURLConnection connect(URI from, long have) throws IOException {
    URI uri = from;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HttpURLConnection connection = open(uri);
      connection.setConnectTimeout(timeout);
      connection.setReadTimeout(timeout);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("User-Agent", "purenet");
      connection.setRequestProperty("Accept-Encoding", "identity");
      if (have > 0) {
        connection.setRequestProperty("Range", "bytes=" + have + "-");
      }
      int status = connection.getResponseCode();
      String location = connection.getHeaderField("Location");
      if (status < 301 || status > 308 || status == 304 || location == null) {
        return connection;
      }
      connection.disconnect();
      uri = redirected(uri, location);
    }
    throw new IOException("expected at most " + MAX_REDIRECTS + " redirects, got more");
  }

  private static HttpURLConnection open(URI uri) throws IOException {
    try {
      if (uri.getHost() != null
          && uri.toURL().openConnection() instanceof HttpURLConnection connection) {
        return connection;
      }
    } catch (IllegalArgumentException e) {
      // no address at all
    }
    throw new IOException("expected an address of http or https, got " + uri);
  }

  /** Returns where a redirect leads, which from https must be https. */
  static URI redirected(URI from, String location) throws IOException {
    try {
      URI next = from.resolve(new URI(location));
      if ("https".equalsIgnoreCase(from.getScheme())
          && !"https".equalsIgnoreCase(next.getScheme())) {
        throw new IOException("expected a redirect to https, got " + next);
      }
      return next;
    } catch (URISyntaxException e) {
      throw new IOException("expected a redirect to an address, got " + location, e);
    }
  }

  /** Unpacks a file and compares size and checksum. */
  private static void check(RemoteFile file, Path part) throws IOException {
    MessageDigest digest = sha256();
    long size = 0;
    try (InputStream in =
        new DigestInputStream(new GZIPInputStream(Files.newInputStream(part), BUFFER), digest)) {
      byte[] buffer = new byte[BUFFER];
      for (int count; (count = in.read(buffer)) >= 0 && size <= file.size(); ) {
        size += count;
      }
    }
    String sum = HexFormat.of().formatHex(digest.digest());
    if (size != file.size() || !sum.equals(file.sha256())) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "expected %d bytes unpacked with SHA-256 %s, got %s with %s",
              file.size(),
              file.sha256(),
              size > file.size() ? "more" : size,
              sum));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
