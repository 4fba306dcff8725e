package dev.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.rabbitmq.client.GetResponse;

import dev.heartbeat.services.Closing;
import dev.heartbeat.services.Collector;
import dev.heartbeat.services.Collector.Told;
import dev.heartbeat.services.Door;
import dev.heartbeat.services.KafkaServer;
import dev.heartbeat.services.Ports;
import dev.heartbeat.services.Program;
import dev.heartbeat.services.RabbitServer;
import dev.heartbeat.services.Site;
import dev.heartbeat.services.Zone;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * Can a collector follow a heartbeat from its round over the broker into the store, and does nobody pay for it who has none?
 */
class TraceIT {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private final Closing open = new Closing();
    @TempDir
    Path folder;

    @AfterEach
    void end() {
        open.close();
    }

    @Test
    void overRabbitMqIsOneTraceFromTheRoundToTheCommit() {
        Collector collector = open.with(Collector.open());
        Site site = open.with(Site.open());
        Zone zone = open.with(Zone.of(RabbitServer.shared(), folder)).with("PUBLISH_INTERVAL", "500ms")
                .with(ENDPOINT, collector.url()).with("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=a%2Cb")
                .with("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20a%2Cb$$,x=y");
        zone.subscriber().untilReady();
        zone.publisher("""
                heartbeat:
                  hosts: [ { name: shut, host: 127.0.0.1, port: 1 } ]
                  http: [ { name: site, url: "%s" } ]
                """.formatted(site.url()));
        Told commit = collector.until("a commit", told -> told.name().equals("commit") && told.span().getLinksCount() == 0);
        Told process = collector.parent(commit);
        Told publish = collector.parent(process);
        Told round = collector.parent(publish);
        assertThat(List.of(round.name(), publish.name(), process.name()))
                .containsExactly("round", "publish my_topic_exchange", "process my_queue");
        assertThat(List.of(round.span().getKind(), publish.span().getKind(), process.span().getKind())).containsExactly(
                Span.SpanKind.SPAN_KIND_INTERNAL, Span.SpanKind.SPAN_KIND_PRODUCER, Span.SpanKind.SPAN_KIND_CONSUMER);
        assertThat(round.span().getParentSpanId().isEmpty()).isTrue();
        assertThat(publish.attribute("messaging.system")).isEqualTo("rabbitmq");
        assertThat(publish.attribute("messaging.operation.type")).isEqualTo("send");
        assertThat(process.attribute("messaging.batch.message_count")).isEqualTo(1L);
        assertThat(commit.attribute("heartbeat.source")).isEqualTo("publisher");
        assertThat(round.attribute("heartbeat.targets")).isEqualTo(2L);
        assertThat(round.attribute("heartbeat.targets_up")).isEqualTo(1L);
        assertThat(round.span().getEventsList()).singleElement().extracting(Span.Event::getName).isEqualTo("target is DOWN");
        assertThat(List.of(round.resource("service.name"), round.resource("heartbeat.mode"),
                process.resource("heartbeat.mode"), round.resource("deployment.environment")))
                .containsExactly("heartbeat", "publisher", "subscriber", "a,b");
        assertThat(collector.authorizations()).containsOnly("Basic a,b$$");
        assertThat(collector.told()).extracting(Told::name).as("only our own spans")
                .containsOnly("round", "publish my_topic_exchange", "process my_queue", "commit");
        assertThat(site.headers()).as("what is watched is asked as ever").doesNotContain("traceparent");
    }

    /** Kafka has a record for each observation; their publishing and their processing are one span each. */
    @Test
    void overKafkaTheRecordsOfARoundAreOneTrace() {
        Collector collector = open.with(Collector.open());
        KafkaServer kafka = KafkaServer.shared();
        Map<String, String> environment = new HashMap<>(Map.of("HEARTBEAT_TRANSPORT", "kafka", "HEARTBEAT_STORE", "memory",
                "KAFKA_BOOTSTRAP_SERVERS", kafka.address(), "KAFKA_TOPIC", kafka.topic(1), ENDPOINT, collector.url(),
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "PUBLISH_INTERVAL", "500ms"));
        environment.put("TARGETS_FILE",
                targets("{ name: a, host: 127.0.0.1, port: 1 }, { name: b, host: 127.0.0.1, port: 1 }"));
        environment.put("HEARTBEAT_MODE", "subscriber");
        open.with(Program.start(folder, environment)).untilReady();
        environment.put("HEARTBEAT_MODE", "publisher");
        open.with(Program.start(folder, environment));
        Told process = collector.until("both records in one span", told -> told.name().startsWith("process ")
                && Long.valueOf(2).equals(told.attribute("messaging.batch.message_count")));
        Told publish = collector.parent(process);
        assertThat(publish.attribute("messaging.system")).isEqualTo("kafka");
        assertThat(publish.attribute("messaging.batch.message_count")).isEqualTo(2L);
        assertThat(collector.parent(publish).name()).isEqualTo("round");
        Told commit = collector.until("a commit", told -> told.name().equals("commit") && told.span().getLinksCount() == 0);
        assertThat(collector.parent(collector.parent(collector.parent(commit))).name()).isEqualTo("round");
    }

    /** Others' settings of OpenTelemetry, which clusters give to everybody, are none of our business. */
    @Test
    void withoutACollectorNoMessageHasAHeaderAndNobodySpeaksOfTraces() throws Exception {
        Zone zone = open.with(Zone.of(RabbitServer.shared(), folder)).with("PUBLISH_INTERVAL", "500ms").declare()
                .with("OTEL_TRACES_EXPORTER", "zipkin").with("OTEL_PROPAGATORS", "b3").with("OTEL_METRICS_EXPORTER", "otlp")
                .with("OTEL_SDK_DISABLED", "false");
        Program publisher = zone.publisher("heartbeat: { hosts: [ { name: shut, host: 127.0.0.1, port: 1 } ] }").untilReady();
        GetResponse message = Awaitility.await().atMost(Duration.ofSeconds(30))
                .until(() -> zone.channel().basicGet(Zone.QUEUE, true), got -> got != null);
        assertThat(message.getProps().getHeaders()).isNullOrEmpty();
        assertThat(publisher.stop()).isZero();
        assertThat(publisher.ownLog())
                .noneMatch(line -> line.contains("WARN") || line.contains("ERROR") || line.contains("\tat ")
                        || line.toLowerCase(java.util.Locale.ROOT).contains("otel"));
    }

    @Test
    void aCollectorThatIsAwayIsOneLineAndNothingWaitsForIt() throws Exception {
        int port = Ports.free();
        Door door = open.with(Door.open());
        Program program = open.with(Program.start(folder, Map.of(ENDPOINT, "http://127.0.0.1:" + port, "OTEL_PROPAGATORS", "b3",
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms", "TARGETS_FILE",
                targets("{ name: door, host: 127.0.0.1, port: " + door.port() + ", interval: 200ms }"))));
        program.untilLog("traces are not taken by http://127.0.0.1:" + port);
        program.untilHealth("host", "door", "UP");
        door.shut();
        program.untilHealth("host", "door", "DOWN");
        Collector collector = open.with(Collector.openAt(port));
        Told commit = collector.until("a whole way", told -> collector.way(told)
                .equals(List.of("round", "publish heartbeats", "process heartbeats", "commit")));
        assertThat(collector.parent(commit).attribute("messaging.system")).isEqualTo("memory");
        collector.close();
        long begin = System.nanoTime();
        assertThat(program.stop()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("containers are given so long to end")
                .isLessThan(Duration.ofSeconds(10));
        assertThat(program.log("traces are not taken")).singleElement().asString().endsWith("refused: /127.0.0.1:" + port);
        assertThat(program.ownLog()).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
    }

    private String targets(String hosts) {
        try {
            return Files.writeString(folder.resolve("targets.yaml"), "heartbeat: { hosts: [ " + hosts + " ] }").toString();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
