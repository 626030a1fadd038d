package io.github.purenet.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Listens to a reader of the JDK, which only warns when a JPEG ends too early, and fills the rest
 * of the picture with gray.
 */
final class Warnings implements IIOReadWarningListener {
  /** What says nothing of the pixels, and is common in files of cameras. */
  private static final String HARMLESS = "(?i).*(profile|jfif|extraneous bytes|metadata).*";

  private String first;

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    if (first == null && !warning.matches(HARMLESS)) {
      first = warning;
    }
  }

  void throwFirst() throws IOException {
    if (first != null) {
      throw new IOException(first);
    }
  }
}
