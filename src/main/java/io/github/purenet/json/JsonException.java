package io.github.purenet.json;

import java.io.IOException;

/** Thrown when a text is no JSON; the message says where, what was expected and what came. */
public final class JsonException extends IOException {
  private static final long serialVersionUID = 1;

  JsonException(String message) {
    super(message);
  }
}
