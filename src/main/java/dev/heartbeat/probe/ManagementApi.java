package dev.heartbeat.probe;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import com.fasterxml.jackson.core.JsonToken;

import dev.heartbeat.transport.RabbitAddress;
import dev.heartbeat.transport.RabbitConfig;
import dev.heartbeat.transport.Trust;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** What does the broker's management API say of queues and their consumers? Every failure is a {@link ManagementFailure}. */
@ApplicationScoped
class ManagementApi {
    private static final Logger LOG = Logger.getLogger(ManagementApi.class);
    private static final Duration USER_KNOWN_FOR = Duration.ofHours(1);
    /** To others the broker lists only the consumers of their own connections. */
    private static final List<String> TAGS_THAT_SEE_ALL = List.of("administrator", "monitoring");

    private final ManagementLink link;
    private final LongSupplier nanos;
    private volatile User user;

    private record User(boolean seesAll, long askedAt) {
    }

    @Inject
    ManagementApi(Vertx vertx, RabbitConfig config, Trust trust, MeterRegistry registry) {
        this(vertx, config, trust, registry, System::nanoTime);
    }

    ManagementApi(Vertx vertx, RabbitConfig config, Trust trust, MeterRegistry registry, LongSupplier nanos) {
        this.link = new ManagementLink(vertx, config, trust, registry);
        this.nanos = nanos;
        RabbitAddress address = RabbitAddress.of(config);
        if (address.managementPort() == (address.tls() ? 15672 : 15671)) {
            LOG.warnf("RABBITMQ_MANAGEMENT_PORT=%d is usually the port %s TLS, but RABBITMQ_TLS says otherwise: asking %s",
                    address.managementPort(), address.tls() ? "without" : "with", link.address());
        }
    }

    /** Whether our user is shown every consumer. Asked once an hour, and when something hints that it has changed. */
    Uni<Boolean> seesAllConsumers() {
        return Uni.createFrom().deferred(() -> {
            User known = user;
            if (known != null && nanos.getAsLong() - known.askedAt < USER_KNOWN_FOR.toNanos()) {
                return Uni.createFrom().item(known.seesAll);
            }
            return get("whoami", () -> new ValuesReading(JsonToken.START_OBJECT, "tags"))
                    .map(ManagementApi::seeAll)
                    .invoke(seesAll -> user = new User(seesAll, nanos.getAsLong()));
        });
    }

    void forgetUser() {
        user = null;
    }

    /** The consumers of those queues that have any; of those that we are shown. */
    Uni<Map<String, List<AttachedConsumer>>> consumers(String vhost, Set<String> queues) {
        return ofVhost(vhost, get("consumers/" + encode(vhost) + "?columns=" + ConsumersReading.COLUMNS_OF_VHOST,
                () -> ConsumersReading.ofVhost(queues)));
    }

    /** Every consumer of one queue. 404 says that there is no such queue, or no such vhost. */
    Uni<List<AttachedConsumer>> consumers(String vhost, String queue) {
        String path = "queues/" + encode(vhost) + '/' + encode(queue) + "?columns=" + ConsumersReading.COLUMNS_OF_QUEUE;
        return get(path, () -> ConsumersReading.ofQueue(queue))
                .map(byQueue -> byQueue.get(queue))
                .onItem().ifNull().failWith(() -> new ManagementFailure(link.address()
                        + " shows no consumers of this queue: statistics disabled on the broker, or its node down"));
    }

    /** The names of the vhost's queues. */
    Uni<Set<String>> queues(String vhost) {
        return ofVhost(vhost, get("queues/" + encode(vhost) + "?columns=name&disable_stats=true",
                () -> new ValuesReading(JsonToken.START_ARRAY, "name")));
    }

    /** Put to the API since the start. */
    long requests() {
        return link.requests();
    }

    @PreDestroy
    void close() {
        link.close();
    }

    private <T> Uni<T> get(String path, Supplier<Reading<T>> reading) {
        return link.get(path, reading)
                .onFailure(failure -> is(failure, 401)).invoke(this::forgetUser);
    }

    private static <T> Uni<T> ofVhost(String vhost, Uni<T> answer) {
        return answer.onFailure(failure -> is(failure, 404))
                .transform(failure -> new ManagementFailure("there is no vhost " + vhost));
    }

    static boolean is(Throwable failure, int status) {
        return failure instanceof ManagementFailure known && known.is(status);
    }

    /** A list, or, of older brokers, words between commas. */
    private static boolean seeAll(Set<String> tags) {
        return tags.stream().flatMap(tag -> List.of(tag.split("[, ]+")).stream()).anyMatch(TAGS_THAT_SEE_ALL::contains);
    }

    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
