package dev.heartbeat.services;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** How does the packaged program behave when a user starts it? A child process of the jar, with an environment of its own. */
public final class Program implements AutoCloseable {
    /** Holds the flags of the image, so that what is tested is what is shipped. A benchmark may give others, or none. */
    private static final class Flags {
        static final List<String> ALL = flags();
    }

    /** Named in an environment: let the program choose its port, as a user does who names none. */
    public static final String DEFAULT_PORT = "DEFAULT_PORT";
    private static final Pattern ADDRESS = Pattern.compile("see http://localhost:(\\d+)/");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "/q/health/ready";
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private volatile int port;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Program(Process process, int port) {
        this.process = process;
        this.port = port;
        this.reader = new Thread(this::read, "program-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private static List<String> flags() {
        String given = System.getProperty("heartbeat.flags");
        if (given != null) {
            return given.isBlank() ? List.of() : List.of(given.split(" "));
        }
        try (Stream<String> lines = Files.lines(Path.of("src/main/docker/Dockerfile.jvm"))) {
            String line = lines.filter(each -> each.startsWith("ENV JAVA_OPTS=")).findFirst().orElseThrow();
            List<String> flags = List.of(line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')).split(" "));
            return with(flags, ClassArchive.flags(jar(), flags).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> with(List<String> flags, String... more) {
        return Stream.concat(flags.stream(), Stream.of(more)).toList();
    }

    private static Path jar() {
        return Path.of(System.getProperty("heartbeat.jar", "target/quarkus-app/quarkus-run.jar")).toAbsolutePath();
    }

    /** Starts it in that folder; only what {@code environment} names is set, and a free port unless it names one. */
    public static Program start(Path folder, Map<String, String> environment, String... arguments) {
        return start(List.of(), folder, environment, arguments);
    }

    /** The same, and it hears SIGHUP though whoever runs this ignores it (nohup, some CI), where there is an env for that. */
    public static Program startHearingHangup(Path folder, Map<String, String> environment, String... arguments) {
        List<String> hearing = List.of("env", "--default-signal=HUP");
        return start(succeeds(hearing, "true") ? hearing : List.of(), folder, environment, arguments);
    }

    private static boolean succeeds(List<String> before, String command) {
        try {
            return new ProcessBuilder(Stream.concat(before.stream(), Stream.of(command)).toList())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Program start(List<String> before, Path folder, Map<String, String> environment, String... arguments) {
        return launch(before, Flags.ALL, folder, environment, arguments);
    }

    static Program launch(List<String> before, List<String> flags, Path folder, Map<String, String> environment,
            String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(java());
        command.addAll(flags);
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME") && !name.equals("LANG"));
        builder.environment().putAll(environment);
        int port = Integer.parseInt(environment.getOrDefault("QUARKUS_HTTP_PORT", String.valueOf(Ports.free())));
        if (!environment.containsKey(DEFAULT_PORT)) {
            builder.environment().put("QUARKUS_HTTP_PORT", String.valueOf(port));
        }
        try {
            return new Program(builder.start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(this::add);
        } catch (IOException | UncheckedIOException e) {
            log.add("(the log ended: " + e.getMessage() + ")");
        }
    }

    private void add(String line) {
        Matcher address = ADDRESS.matcher(line);
        if (address.find()) {
            port = Integer.parseInt(address.group(1));
        }
        log.add(line);
    }

    public long pid() {
        return process.pid();
    }

    /** CPU time that it took so far, in seconds. */
    public double cpuSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** What the kernel says of its memory: {@code VmRSS} now, {@code VmHWM} at most; where there is a /proc. */
    public String memory(String what) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith(what)).findFirst().orElse(what + " unknown").replaceAll("\\s+", " ");
        } catch (IOException e) {
            return what + " unknown";
        }
    }

    public int port() {
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** All lines so far, standard output and error together. */
    public List<String> log() {
        return List.copyOf(log);
    }

    /** Only the lines that hold the text. */
    public List<String> log(String text) {
        return log.stream().filter(line -> line.contains(text)).toList();
    }

    /** All lines so far, but for what a machine makes that is too busy to run its threads in time, with its stack. */
    public List<String> ownLog() {
        List<String> own = new ArrayList<>();
        boolean busy = false;
        for (String line : log) {
            busy = line.contains("has been blocked") || busy && (line.startsWith("\tat ") || line.contains("VertxException"));
            if (!busy) {
                own.add(line);
            }
        }
        return own;
    }

    /** What an operator would look into. */
    public List<String> warnings() {
        return ownLog().stream().filter(line -> line.contains(" WARN ")).toList();
    }

    /** Waits for a line that holds the text. */
    public Program untilLog(String text) {
        until("the log has \"" + text + "\"", () -> log.stream().anyMatch(line -> line.contains(text)));
        return this;
    }

    /** Waits until it serves. */
    public Program untilServing() {
        until("it serves", () -> status("/q/health/live") == 200);
        return this;
    }

    /** Waits for /api/status to be as asked, and answers it. */
    public JsonNode untilStatus(Predicate<JsonNode> asked) {
        JsonNode[] last = new JsonNode[1];
        try {
            until("the status is as asked", () -> {
                last[0] = json("/api/status");
                return last[0] != null && asked.test(last[0]);
            });
        } catch (AssertionError e) {
            throw new AssertionError("the status was " + last[0], e);
        }
        return last[0];
    }

    /** Waits until it is ready. */
    public Program untilReady() {
        until("it is ready", () -> status(READY) == 200);
        return this;
    }

    /** Waits until that check of its readiness is down with these words in its detail. */
    public Program untilNotReady(String check, String words) {
        until("the check " + check + " is down: " + words, () -> {
            JsonNode ready = json(READY);
            for (JsonNode one : ready == null ? JSON.createArrayNode() : ready.path("checks")) {
                if (one.path("name").asText().equals(check) && one.path("status").asText().equals("DOWN")
                        && one.path("data").path("detail").asText().contains(words)) {
                    return true;
                }
            }
            return false;
        });
        return this;
    }

    /** Waits until the target of that kind and name has that health. */
    public JsonNode untilHealth(String kind, String name, String health) {
        return untilStatus(status -> health.equals(target(status, kind, name).path("health").asText()));
    }

    /** Waits until that source's target of that kind and name has that health. */
    public JsonNode untilHealth(String source, String kind, String name, String health) {
        return untilStatus(status -> health.equals(target(status, source, kind, name).path("health").asText()));
    }

    /** The row of that source's target in an answer of /api/status; a missing node when there is none. */
    public static JsonNode target(JsonNode status, String source, String kind, String name) {
        for (JsonNode row : status.path("targets")) {
            if (row.path("source").asText().equals(source) && row.path("kind").asText().equals(kind)
                    && row.path("name").asText().equals(name)) {
                return row;
            }
        }
        return JSON.missingNode();
    }

    /** The row of that target in an answer of /api/status; a missing node when there is none. */
    public static JsonNode target(JsonNode status, String kind, String name) {
        for (JsonNode row : status.path("targets")) {
            if (row.path("kind").asText().equals(kind) && row.path("name").asText().equals(name)) {
                return row;
            }
        }
        return JSON.missingNode();
    }

    private void until(String what, java.util.concurrent.Callable<Boolean> condition) {
        try {
            Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the program has ended with " + process.exitValue());
                }
                return condition.call();
            });
        } catch (RuntimeException e) {
            throw new AssertionError("waiting until " + what + ", the log:\n" + String.join("\n", log), e);
        }
    }

    /** The status code of a GET; 0 when nobody answers. */
    public int status(String path) {
        HttpResponse<String> response = get(path);
        return response == null ? 0 : response.statusCode();
    }

    /** The status code of a GET with that user and password. */
    public int status(String path, String user, String password) {
        HttpResponse<String> response = get(path, "Authorization", basic(user, password));
        return response == null ? 0 : response.statusCode();
    }

    /** The body of a GET with that user and password, as plain text; empty when nobody answers. */
    public String text(String path, String user, String password) {
        HttpResponse<String> response = get(path, "Authorization", basic(user, password), "Accept", "text/plain");
        return response == null ? "" : response.body();
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** The body of a GET as JSON; null when nobody answers. */
    public JsonNode json(String path) {
        HttpResponse<String> response = get(path);
        try {
            return response == null ? null : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of a GET as it is; empty when nobody answers. */
    public String text(String path) {
        HttpResponse<String> response = get(path);
        return response == null ? "" : response.body();
    }

    private HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, headers);
    }

    /** What it answers to a POST without a body; null when nobody answers. Headers are names and values. */
    public HttpResponse<String> post(String path, String... headers) {
        return send("POST", path, headers);
    }

    private HttpResponse<String> send(String method, String path, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, HttpRequest.BodyPublishers.noBody()).timeout(Duration.ofSeconds(10));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * SIGTERM; answers the exit code once it has ended. A JVM that ends itself on a signal says 143, which the program turns
     * into 0.
     */
    public int stop() {
        // Not by the process itself, which would close its output, and with it what it says last.
        process.toHandle().destroy();
        return exitCode();
    }

    /** Ctrl-C: SIGINT; answers the exit code once it has ended. */
    public int interrupt() {
        signal("INT");
        return exitCode();
    }

    /** SIGHUP. */
    public void hangUp() {
        signal("HUP");
    }

    private void signal(String name) {
        try {
            if (new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor() != 0) {
                throw new AssertionError("SIG" + name + " could not be sent");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Waits for the end; answers the exit code. */
    public int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the program does not end, the log:\n" + String.join("\n", log));
            }
            reader.join(PATIENCE.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
