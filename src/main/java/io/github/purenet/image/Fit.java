package io.github.purenet.image;

/** How a picture is brought to the height and width that a network expects. */
public enum Fit {
  /** The whole picture is scaled, each axis by itself; its proportions change. */
  STRETCH,
  /** The picture is scaled until it covers the size, and what juts out on two sides is cut off. */
  CROP,
  /** The picture is scaled until it lies inside the size, and the rest on two sides is 0. */
  PAD
}
