package io.github.purenet.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;

/**
 * Chromium without a window, as Debian's packages chromium and chromium-driver install it; nothing
 * is downloaded.
 */
public final class Browser implements AutoCloseable {
  /** How long to wait for what a page is to show. */
  private static final long PATIENCE = 10_000_000_000L;

  /** Kept, or else the level is forgotten: Selenium warns that it does not know new browsers. */
  private static final Logger LOGGER = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(Path program, Path driverProgram) {
    LOGGER.setLevel(Level.SEVERE);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // root has none
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--window-size=1240,900");
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
    File file = driverProgram.toFile();
    driver =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(file).build(), options);
  }

  /** Starts a browser, if one is installed with a driver of its version. */
  public static Optional<Browser> start() {
    Optional<Path> program =
        find("chromium").or(() -> find("chromium-browser")).or(() -> find("google-chrome"));
    Optional<Path> driver = find("chromedriver");
    if (program.isEmpty() || driver.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Browser(program.get(), driver.get()));
    } catch (SessionNotCreatedException e) {
      if (e.getMessage().contains("only supports Chrome version")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<Path> find(String name) {
    for (String directory :
        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(directory, name);
      if (Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /** Returns what steers the browser. */
  public ChromeDriver driver() {
    return driver;
  }

  /** Sets the size of the page, and whether it is to be dark. */
  public void look(int width, int height, boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    Map<String, String> feature =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Draws a stroke on an element with the mouse, through points from its center. */
  public void draw(WebElement element, int[]... points) {
    Actions actions = new Actions(driver);
    actions.moveToElement(element, points[0][0], points[0][1]).clickAndHold();
    for (int[] point : points) {
      actions.moveToElement(element, point[0], point[1]);
    }
    actions.release().perform();
  }

  /** Waits until a script returns true. */
  public void await(String condition) {
    long limit = System.nanoTime() + PATIENCE;
    while (!Boolean.TRUE.equals(run("return Boolean(" + condition + ")"))) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(
            "expected " + condition + ", got a page of\n" + text("body") + "\n" + complaints());
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  /** Runs a script and returns its value. */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Returns the text that an element shows. */
  public String text(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  /** Returns what the browser has complained of since the last call. */
  public List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream().map(LogEntry::toString).toList();
  }

  /** Returns the addresses that pages have asked for since the last call, of the network alone. */
  public List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get("performance")) {
      String event = entry.getMessage();
      if (event.contains("\"Network.requestWillBeSent\"")) {
        String address = event.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"(.*?)\".*", "$1");
        if (!address.startsWith("data:") && !address.startsWith("blob:")) {
          addresses.add(address);
        }
      }
    }
    return addresses;
  }

  /** Returns where the page breaks rules of accessibility that axe-core can check. */
  public Object barriers() throws IOException {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      run(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    return driver.executeAsyncScript(
        """
        const done = arguments[0];
        axe.run(document).then(result => done(result.violations.map(violation =>
          violation.id + ': ' + violation.nodes.map(node => node.html).join(' '))),
          problem => done([String(problem)]));
        """);
  }

  /** Returns a picture of the page, as a PNG. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
