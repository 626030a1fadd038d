package io.github.purenet.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.purenet.data.Dataset;
import io.github.purenet.data.Mnist;
import io.github.purenet.io.Npz;
import io.github.purenet.model.SimpleConvNet;
import io.github.purenet.ndarray.NDArray;
import io.github.purenet.testing.Browser;
import io.github.purenet.train.Ending;
import io.github.purenet.train.Epoch;
import io.github.purenet.train.History;
import io.github.purenet.train.Listener;
import io.github.purenet.train.Step;
import io.github.purenet.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;

/** The page in a browser, if one is installed. */
class PageIT {
  private static final int[][] SEVEN = {
    {-60, -80}, {0, -80}, {60, -80}, {30, -20}, {5, 30}, {-15, 90}
  };

  private static Browser browser;
  private static Server server;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start().orElse(null);
    if (browser == null) {
      System.out.println(
          "PageIT is skipped: chromium is not installed, or no chromedriver of its version");
    }
    assumeTrue(browser != null);
    SimpleConvNet network = ofTheBook();
    List<Route> routes = new ArrayList<>(new NetworkApi(() -> network).routes());
    routes.addAll(new PageApi(() -> network, Mnist.sample().test(), null).routes());
    server = Server.builder().routes(routes).start();
  }

  private static SimpleConvNet ofTheBook() throws IOException {
    Map<String, NDArray> book = Npz.read(Path.of("src/test/golden/simple_convnet_book.npz"));
    Map<String, NDArray> values = new HashMap<>();
    for (String name : List.of("W1", "b1", "W2", "b2", "W3", "b3")) {
      values.put(name, book.get(name));
    }
    SimpleConvNet network = SimpleConvNet.of(0);
    network.setParameters(values);
    return network;
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  @BeforeEach
  void open() {
    browser.look(1240, 900, false);
    open(server);
  }

  private static void open(Server at) {
    browser.driver().get(at.uri().toString());
    browser.await("!document.querySelector('.loading')");
  }

  @AfterEach
  void nothing_was_wrong_and_nothing_went_elsewhere() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(address -> address.startsWith("http://127.0.0.1:"));
  }

  private static WebElement find(String selector) {
    return browser.driver().findElement(By.cssSelector(selector));
  }

  private static void awaitGuess(String name) {
    browser.await("document.getElementById('guess-name').textContent === '" + name + "'");
  }

  @Test
  void reads_a_digit_as_it_is_drawn_and_shows_where_and_through_which_layers() {
    browser.run(
        """
        window.jumps = [];
        new PerformanceObserver(list => window.jumps.push(...list.getEntries()
          .filter(entry => entry.value > 0.001)
          .map(entry => entry.sources.map(source => source.node && source.node.outerHTML))))
          .observe({type: 'layout-shift', buffered: true});
        """);
    browser.draw(find("#pad"), SEVEN);
    awaitGuess("7");
    assertThat(browser.text("#bars .best .label")).isEqualTo("7");
    assertThat(browser.text("#latency")).matches("\\d+ ms from stroke to bars");
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('#layers h3')].map(h => h.textContent)"))
        .isEqualTo(List.of("input", "conv1", "relu1", "maxPool1", "affine1", "relu2", "affine2"));
    assertThat(inked("#heat")).isGreaterThan(1000);
    browser.await("document.getElementById('announce').textContent.startsWith('7, ')");
    assertThat(browser.run("return window.jumps")).isEqualTo(List.of());

    find("#undo").click();
    awaitGuess("–");
    assertThat(inked("#heat")).isZero();
  }

  /** Returns how many pixels of a canvas are not transparent. */
  private static long inked(String canvas) {
    return (Long)
        browser.run(
            """
            const c = document.querySelector(arguments[0]);
            const copy = new OffscreenCanvas(c.width, c.height).getContext('2d');
            copy.drawImage(c, 0, 0);
            return copy.getImageData(0, 0, c.width, c.height).data
              .filter((value, i) => i % 4 === 3 && value > 8).length;
            """,
            canvas);
  }

  @Test
  void a_finger_draws() {
    WebElement pad = find("#pad");
    PointerInput finger = new PointerInput(PointerInput.Kind.TOUCH, "finger");
    Sequence stroke = new Sequence(finger, 0);
    var origin = PointerInput.Origin.fromElement(pad);
    stroke.addAction(finger.createPointerMove(Duration.ZERO, origin, 0, -90));
    stroke.addAction(finger.createPointerDown(0));
    stroke.addAction(finger.createPointerMove(Duration.ofMillis(50), origin, 0, 0));
    stroke.addAction(finger.createPointerMove(Duration.ofMillis(50), origin, -4, 90));
    stroke.addAction(finger.createPointerUp(0));
    browser.driver().perform(List.of(stroke));
    awaitGuess("1");
  }

  @Test
  void all_can_be_done_by_keyboard() {
    List<String> reached = new ArrayList<>();
    browser.run("document.activeElement.blur()");
    for (int i = 0; i < 90; i++) {
      new Actions(browser.driver()).sendKeys(Keys.TAB).perform();
      String id =
          (String)
              browser.run(
                  "const e = document.activeElement; const s = getComputedStyle(e);"
                      + "const shown = s.outlineStyle !== 'none'"
                      + " || getComputedStyle(e.parentElement).outlineStyle !== 'none';"
                      + "return e === document.body ? 'end' : (e.id || e.className || e.textContent)"
                      + " + (shown ? '' : ' without a focus that is seen')");
      if (id.equals("end")) {
        break;
      }
      reached.add(id);
      if (id.equals("pad")) {
        drawOneByKeyboard();
      }
    }
    assertThat(reached)
        .startsWith("skip", "pad", "clear", "undo", "show-heat", "as-mnist")
        .contains("more", "file", "filter-layer", "filter-index", "weight", "bias", "strength")
        .contains("Zero", "Vertical edge")
        .noneMatch(id -> id.endsWith("seen"));
  }

  private static void drawOneByKeyboard() {
    Actions keys = new Actions(browser.driver());
    for (int i = 0; i < 8; i++) {
      keys.sendKeys(Keys.ARROW_UP);
    }
    keys.sendKeys(" ");
    for (int i = 0; i < 16; i++) {
      keys.sendKeys(Keys.ARROW_DOWN);
    }
    keys.sendKeys(" ").perform();
    awaitGuess("1");
    assertThat(browser.run("return document.getElementById('pen').textContent"))
        .isEqualTo("Pen up, column 15, row 23 of 28");
    new Actions(browser.driver()).sendKeys("z").perform();
    awaitGuess("–");
  }

  @Test
  void a_test_image_is_classified_and_a_stroke_takes_its_place() {
    find("#samples button").click();
    awaitGuess("7");
    assertThat(browser.text("#source")).isEqualTo("Test image 0: 7");
    find("#clear").click();
    awaitGuess("–");
    assertThat(browser.text("#source")).isEqualTo("Nothing drawn yet");
    find("#more").click();
    browser.await("document.querySelector('#samples button').ariaLabel === 'Test image 16, 9'");
  }

  @Test
  void a_picture_from_a_file_is_classified() {
    Path seven = Path.of("src/site/markdown/images/seven.png").toAbsolutePath();
    find("#file").sendKeys(seven.toString());
    awaitGuess("7");
    assertThat(browser.text("#source")).isEqualTo("seven.png");
    find("#file").sendKeys(Path.of("pom.xml").toAbsolutePath().toString());
    browser.await("!document.getElementById('alert').hidden");
    assertThat(browser.text("#alert"))
        .isEqualTo("pom.xml: expected a picture, such as PNG or JPEG");
  }

  @Test
  void a_picture_may_be_dropped_anywhere() throws IOException {
    byte[] seven = Files.readAllBytes(Path.of("src/site/markdown/images/seven.png"));
    browser.run(
        """
        const bytes = Uint8Array.from(atob(arguments[0]), c => c.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], 'dropped.png', {type: 'image/png'}));
        document.body.dispatchEvent(
          new DragEvent('drop', {dataTransfer, bubbles: true, cancelable: true}));
        """,
        Base64.getEncoder().encodeToString(seven));
    awaitGuess("7");
    assertThat(browser.text("#source")).isEqualTo("dropped.png");
  }

  @Test
  void a_filter_that_is_changed_changes_the_prediction_until_it_is_reset() {
    find("#samples button").click();
    awaitGuess("7");
    browser.await("document.querySelectorAll('#weights input').length === 25");
    String before = browser.text("#bars .best .value");
    find("[data-preset=zero]").click();
    find("#bias").clear();
    find("#bias").sendKeys("9");
    browser.await("document.querySelector('#bars .best .value').textContent !== '" + before + "'");
    assertThat(browser.text("#filter-state")).startsWith("Changed: filter 1 of conv1.");
    browser.await("[...document.querySelectorAll('.was')].some(mark => !mark.hidden)");
    find("#reset").click();
    browser.await("document.querySelector('#bars .best .value').textContent === '" + before + "'");
    assertThat(find("#reset").isEnabled()).isFalse();
  }

  @Test
  void fits_a_phone_and_the_dark() throws IOException {
    for (boolean dark : List.of(false, true)) {
      browser.look(360, 740, dark);
      browser.await("innerWidth === 360");
      browser.draw(find("#pad"), SEVEN);
      awaitGuess("7");
      assertThat(browser.text("#guess-small")).startsWith("7 ");
      assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
      assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
          .isEqualTo(dark ? "rgb(16, 21, 27)" : "rgb(245, 246, 248)");
      assertThat(browser.barriers()).isEqualTo(List.of());
      find("#clear").click();
    }
  }

  @Test
  void has_no_barrier_that_axe_knows() throws IOException {
    browser.draw(find("#pad"), SEVEN);
    awaitGuess("7");
    find("[data-preset=blur]").click();
    browser.await("!document.getElementById('reset').disabled");
    assertThat(browser.barriers()).isEqualTo(List.of());
  }

  /** Keeps a training from being over before it is looked at. */
  private static final class Slowly implements Listener {
    @Override
    public void stepEnded(Step step) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void epochEnded(Epoch epoch) {}
  }

  @Test
  void a_training_is_shown_as_it_runs_and_stopped() throws Exception {
    SimpleConvNet network = SimpleConvNet.builder().filters(2).hidden(5).build();
    TrainingFeed feed = new TrainingFeed(network);
    Dataset images = Mnist.sample().train().head(60);
    Trainer trainer =
        Trainer.builder(network)
            .epochs(1000)
            .batchSize(20)
            .listener(feed)
            .listener(new Slowly())
            .build();
    PageApi page = new PageApi(feed::network, images, feed);
    try (Server training = Server.builder().routes(page.routes()).start()) {
      CompletableFuture<History> run =
          CompletableFuture.supplyAsync(() -> trainer.fit(images, images));
      open(training);
      browser.await("document.querySelectorAll('#epochs tbody tr').length > 2");
      assertThat(browser.text("#training-state")).matches("Epoch \\d+ of 1000");
      assertThat(browser.text("#training-pace")).contains(" images a second, ").endsWith(" left");
      assertThat(find("#loss-chart").getAttribute("aria-label")).startsWith("Loss of each step");
      assertThat(browser.barriers()).isEqualTo(List.of());

      find("#stop").click();
      History history = run.get();
      assertThat(history.ending()).isEqualTo(Ending.STOPPED);
      feed.end("STOPPED", 0.5, "model.safetensors");
      browser.await(
          "document.getElementById('training-state').textContent === 'The training was stopped.'");
      assertThat(browser.text("#training-pace"))
          .isEqualTo("Accuracy on the test images 0.5000. Saved as model.safetensors.");
      assertThat(find("#stop").isEnabled()).isFalse();
      assertThat(browser.run("return document.querySelectorAll('#epochs tbody tr').length"))
          .isEqualTo((long) history.epochs().size());
    }
  }
}
