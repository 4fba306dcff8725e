package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.Settings.Setting;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Can every secret stand in a file, and does it mean what it says? */
class SecretSettingsTest {
    private static final String LOOKS_SECRET = ".*(PASS|SECRET|TOKEN|DSN|HEADERS|CREDENTIAL|_URL$|_URI$).*";
    private final Map<String, String> told = new HashMap<>();
    @TempDir
    Path folder;

    static List<Setting> secrets() {
        return Settings.all().stream().filter(Setting::isSecret).toList();
    }

    /** What the secret may look like. */
    private static String possible(Setting setting) {
        return switch (setting.variable()) {
            case "DB_DSN" -> "postgresql://hb:s3cret@db/hb";
            case "ALERT_WEBHOOK_URL", "ALERT_SLACK_URL" -> "https://hooks.internal/s3cret";
            case "OTEL_EXPORTER_OTLP_HEADERS" -> "authorization=s3cret";
            default -> "s3cret";
        };
    }

    private List<String> check(Map<String, String> environment) {
        return Settings.check(environment, told::put);
    }

    @Test
    void whatLooksLikeASecretIsOne() {
        assertThat(Settings.all()).filteredOn(setting -> setting.variable().matches(LOOKS_SECRET)).hasSizeGreaterThan(9)
                .allMatch(Setting::isSecret);
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aFileHoldsItWithoutTheLineBreakAtItsEnd(Setting setting) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), possible(setting) + "\r\n");
        assertThat(check(Map.of(setting.variable() + "_FILE", file.toString(), "WEB_USER", "ops"))).noneMatch(
                line -> line.startsWith(setting.variable()));
        assertThat(told).containsEntry(setting.property(), possible(setting));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aFileThatIsNotThereIsAFolderOrIsEmptyIsOneFault(Setting setting) throws IOException {
        String variable = setting.variable() + "_FILE";
        assertThat(of(variable, Map.of(variable, "/nowhere"))).singleElement().asString().contains("can not be read");
        assertThat(of(variable, Map.of(variable, folder.toString()))).singleElement().asString().contains("can not be read");
        Path empty = Files.writeString(folder.resolve("secret"), "\n");
        assertThat(of(variable, Map.of(variable, empty.toString()))).singleElement().asString().contains("is empty");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void bothIsOneFaultThatDoesNotTellIt(Setting setting) throws IOException {
        String variable = setting.variable() + "_FILE";
        Path file = Files.writeString(folder.resolve("secret"), possible(setting));
        Map<String, String> both = Map.of(variable, file.toString(), setting.variable(), possible(setting));
        assertThat(of(variable, both)).singleElement().asString().contains("is set too; give one of them");
        assertThat(check(both)).noneMatch(line -> line.contains("s3cret"));
    }

    private List<String> of(String variable, Map<String, String> environment) {
        return check(environment).stream().filter(line -> line.startsWith(variable + "=")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = { "pa$$word", "a${b}c", "$", "a\\${b}", "a\\\\$b", "${RABBITMQ_HOST}", "$${x}", "tail\\" })
    void aDollarIsADollar(String secret) throws IOException {
        check(Map.of("RABBITMQ_PASS", secret));
        assertThat(read("rabbitmq.pass")).isEqualTo(secret.contains("$") ? secret : null);
        Path file = Files.writeString(folder.resolve("secret"), secret);
        check(Map.of("RABBITMQ_PASS_FILE", file.toString()));
        assertThat(read("rabbitmq.pass")).isEqualTo(secret);
        Settings.tell(Map.of("RABBITMQ_PASS", secret), told::put);
        assertThat(read("rabbitmq.pass")).isEqualTo(secret);
        check(Map.of("SMTP_HOST", "mail", "SMTP_USER", "u", "SMTP_PASSWORD", secret));
        assertThat(read("quarkus.mailer.password")).isEqualTo(secret);
    }

    private String read(String property) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(told, "test", 100)).build()
                .getOptionalValue(property, String.class).orElse(null);
    }

    /** A password may end in a blank or a tab, and an editor ends a file with a line. */
    @ParameterizedTest
    @ValueSource(strings = { "", "\n", "\r\n", "\n\n", "\r" })
    void onlyLineBreaksAtTheEndAreNoneOfIt(String breaks) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), " s3cret\n two \t" + breaks);
        assertThat(check(Map.of("RABBITMQ_PASS_FILE", file.toString()))).isEmpty();
        assertThat(read("rabbitmq.pass")).isEqualTo(" s3cret\n two \t");
        Files.writeString(file, " \t" + breaks);
        assertThat(check(Map.of("RABBITMQ_PASS_FILE", file.toString()))).singleElement().asString().contains("is empty");
    }

    @Test
    void whatAFileRefersToMayStandInAFileAsWell() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "s3cret\n");
        assertThat(References.in(Map.of("TOKEN_FILE", file.toString())).apply("TOKEN")).isEqualTo("s3cret");
        assertThat(References.in(Map.of("TOKEN", "t", "TOKEN_FILE", " ")).apply("TOKEN")).isEqualTo("t");
        assertThat(References.in(Map.of()).apply("TOKEN")).isNull();
        assertThatThrownBy(() -> References.in(Map.of("TOKEN", "t", "TOKEN_FILE", file.toString())).apply("TOKEN"))
                .hasMessage("needs one of TOKEN and TOKEN_FILE, and both are set");
        assertThatThrownBy(() -> References.in(Map.of("TOKEN_FILE", "/nowhere")).apply("TOKEN"))
                .hasMessageStartingWith("needs TOKEN_FILE, whose file /nowhere can not be read");
    }
}
