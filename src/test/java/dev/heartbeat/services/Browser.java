package dev.heartbeat.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * What does a person see? A real Chromium without a window. Where there is none a test is skipped and says so, unless
 * HEARTBEAT_BROWSER=required.
 */
public final class Browser implements AutoCloseable {
    private static final List<String> FLAGS = List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-dev-shm-usage", "--hide-scrollbars");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** It warns of a protocol that nothing here uses; kept, or it would forget. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");
    private static final Path SHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final Path profile;

    private Browser(ChromeDriver driver, Path profile) {
        this.driver = driver;
        this.profile = profile;
    }

    /** A new one, that remembers nothing. */
    public static Browser start() {
        Optional<File> driver = onPath("chromedriver");
        Optional<File> chromium = Stream.of("chromium", "chromium-browser", "google-chrome").map(Browser::onPath)
                .flatMap(Optional::stream).findFirst();
        if (driver.isEmpty() || chromium.isEmpty()) {
            String words = "no browser: apt-get install -y chromium chromium-driver";
            assertThat(System.getenv("HEARTBEAT_BROWSER")).as(words).isNotEqualTo("required");
            Assumptions.abort(words);
        }
        SELENIUM.setLevel(Level.SEVERE);
        try {
            Path profile = Files.createTempDirectory("heartbeat-browser");
            ChromeOptions options = new ChromeOptions().setBinary(chromium.orElseThrow());
            options.addArguments(FLAGS).addArguments("--user-data-dir=" + profile, "--window-size=1280,1000");
            LoggingPreferences logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            options.setCapability("goog:loggingPrefs", logs);
            ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(driver.orElseThrow())
                    .usingAnyFreePort().withSilent(true).build();
            return new Browser(new ChromeDriver(service, options), profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<File> onPath(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> new File(folder, name))
                .filter(File::canExecute).findFirst();
    }

    public Browser open(String address) {
        driver.get(address);
        return this;
    }

    /** What the reader's system prefers. */
    public Browser dark(boolean dark) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
                List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        return this;
    }

    /** A screen of that width, or the window's own for 0. */
    public Browser wide(int width) {
        if (width == 0) {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        } else {
            driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                    Map.of("width", width, "height", 780, "deviceScaleFactor", 1, "mobile", true));
        }
        return this;
    }

    /** The reader's zone. */
    public Browser zone(String zone) {
        driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", zone));
        return this;
    }

    public String title() {
        return driver.getTitle();
    }

    /** The text of the first element that the selector finds, as it is shown; empty when there is none. */
    public String text(String selector) {
        return (String) run("const found = document.querySelector(arguments[0]); return found ? found.innerText : '';",
                selector);
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Waits for the first element that the selector finds to show that text. */
    public Browser untilText(String selector, String text) {
        return until(selector + " shows \"" + text + "\"", () -> text(selector).contains(text));
    }

    public Browser until(String what, Callable<Boolean> condition) {
        try {
            Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(condition);
        } catch (RuntimeException e) {
            throw new AssertionError("waiting until " + what + ", the page:\n" + text("body"), e);
        }
        return this;
    }

    /** What the console said that a developer should look at. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue()).map(LogEntry::getMessage).toList();
    }

    /** What of the page a reader with a disability would stumble over, by axe-core; a line each. */
    public List<?> barriers() {
        try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
            run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            return (List<?>) driver.executeAsyncScript("""
                    const done = arguments[arguments.length - 1];
                    axe.run(document).then(found => done(found.violations.map(one => one.id + ': ' + one.help + ' '
                        + one.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | '))));
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A picture of the whole page, for a person to look at. */
    public Browser picture(String name) {
        Object shot = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true)).get("data");
        try {
            Files.createDirectories(SHOTS);
            Files.write(SHOTS.resolve(name + ".png"), OutputType.BYTES.convertFromBase64Png((String) shot));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        forget();
    }

    /** Its children may write there for a while yet; what they leave behind in the folder of temporary files hurts nobody. */
    private void forget() {
        try {
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                Folders.delete(profile);
                return true;
            });
        } catch (ConditionTimeoutException e) {
            System.err.println(profile + " stays: " + e.getMessage());
        }
    }
}
