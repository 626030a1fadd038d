package io.github.purenet.serve;

import io.github.purenet.data.Mnist;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.nn.Network;
import io.github.purenet.testing.Browser;
import io.github.purenet.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openqa.selenium.By;

/**
 * Draws a digit on the page of a trained network, and writes a picture of it: {@code PagePicture
 * FILE}.
 */
public final class PagePicture {
  /** A two, from the center of the pad. */
  private static final int[][] TWO = {
    {-66, -58},
    {-62, -72},
    {-52, -86},
    {-36, -98},
    {-14, -104},
    {10, -104},
    {32, -96},
    {48, -82},
    {56, -64},
    {56, -44},
    {48, -22},
    {34, 0},
    {14, 24},
    {-10, 48},
    {-34, 70},
    {-58, 92},
    {-30, 90},
    {0, 92},
    {30, 94},
    {68, 92}
  };

  private PagePicture() {}

  /**
   * Writes the picture.
   *
   * @param args the file, a PNG
   * @throws IOException if it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Mnist mnist = Mnist.sample();
    Network network = SimpleConvNet.of(42);
    Trainer.builder(network).epochs(5).batchSize(50).build().fit(mnist.train(), mnist.test());
    PageApi page = new PageApi(() -> network, mnist.test(), null);
    try (Server server = Server.builder().routes(page.routes()).start();
        Browser browser = Browser.start().orElseThrow()) {
      browser.look(1120, 1046, false);
      browser.driver().get(server.uri().toString());
      browser.await("!document.querySelector('.loading')");
      for (int i = 0; i < 3; i++) { // until the server is warm
        browser.draw(browser.driver().findElement(By.id("pad")), TWO);
        browser.await("document.getElementById('guess-name').textContent === '2'");
        if (i < 2) {
          browser.driver().findElement(By.id("clear")).click();
        }
      }
      browser.run("document.activeElement.blur()");
      browser.await("document.getElementById('announce').textContent.startsWith('2')");
      Files.write(Path.of(args[0]), browser.picture());
    }
  }
}
