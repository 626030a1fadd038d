package io.github.purenet.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The Fashion-MNIST data set: clothes, in the form of {@link Mnist}, whose {@link Mnist#load} reads
 * its files.
 *
 * <p>Source: Xiao, Rasul and Vollgraf 2017, <i>Fashion-MNIST: a Novel Image Dataset for
 * Benchmarking Machine Learning Algorithms</i>; 60,000 training and 10,000 test images (1, 28, 28),
 * under the MIT license.
 */
public final class FashionMnist {
  /** The names of the ten classes, in the order of the labels. */
  public static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  static final MnistFiles FILES =
      MnistFiles.of(
          "fashion-mnist",
          List.of(
              URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
              URI.create("https://fashion-mnist.s3.eu-central-1.amazonaws.com/"),
              URI.create(
                  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/")),
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  private FashionMnist() {}

  /**
   * Downloads the four files, 31 MB, unless they are there, and reads them, as {@link
   * Mnist#download()} does.
   *
   * @return the images
   * @throws IOException if a file is not there and no mirror has it, or if it cannot be read
   */
  public static Mnist download() throws IOException {
    return FILES.download(FILES.directory(), text -> {});
  }

  /**
   * Downloads the four files to a directory and shows how far that is, as {@link
   * Mnist#download(Path, Consumer)} does.
   *
   * @param directory the directory, which is created if it is not there
   * @param progress gets a progress bar, as text to be printed as it is
   * @return the images
   * @throws IOException if a file is not there and no mirror has it, or if it cannot be read
   */
  public static Mnist download(Path directory, Consumer<String> progress) throws IOException {
    return FILES.download(directory, progress);
  }

  /**
   * Returns the directory to which {@link #download()} downloads.
   *
   * @return {@code fashion-mnist} beside {@link Mnist#cacheDirectory()}
   */
  public static Path cacheDirectory() {
    return FILES.directory();
  }
}
