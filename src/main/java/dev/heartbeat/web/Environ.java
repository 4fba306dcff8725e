package dev.heartbeat.web;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;

import org.jboss.logging.Logger;

import dev.heartbeat.web.EnvironProbe.Found;
import io.smallrye.mutiny.Uni;

/**
 * What is this program made of, what does it run on, and what do the probes of others add? One object, as oarepo-heartbeat's.
 */
@ApplicationScoped
class Environ {
    private static final Logger LOG = Logger.getLogger(Environ.class);
    private static final JsonProvider JSON = JsonProvider.provider();
    /** Ours first, so that others may say it better. */
    private static final Comparator<Instance.Handle<EnvironProbe>> IN_ORDER = Comparator.<Instance.Handle<EnvironProbe>, Boolean> comparing(
            probe -> probe.getBean().getBeanClass().getPackage() != Environ.class.getPackage())
            .thenComparing(probe -> probe.getBean().getBeanClass().getName());
    private static final String STATUS = "status";
    private static final String LIBRARIES = "libraries";

    private final HealthConfig.Environ config;
    private final Guard guard;
    private final Instance<EnvironProbe> probes;

    Environ(HealthConfig.Environ config, Guard guard, @Any Instance<EnvironProbe> probes) {
        this.config = config;
        this.guard = guard;
        this.probes = probes;
    }

    /** What one probe said: its data as JSON, or why it has none. */
    private record Said(String name, boolean status, JsonObject data, Throwable failure) {
    }

    Uni<Piece> ask() {
        if (!config.enabled()) {
            return Uni.createFrom().item(() -> piece(true, Map.of(LIBRARIES, "{}")));
        }
        List<Uni<Said>> all = probes.handlesStream().sorted(IN_ORDER)
                .map(probe -> asked(probe.getBean(), () -> probe.get().ask())).toList();
        return Uni.join().all(all).andFailFast().map(this::merged);
    }

    private Uni<Said> asked(Bean<?> bean, EnvironProbe probe) {
        String name = bean.getBeanClass().getName();
        return guard.ask(bean, () -> Uni.createFrom().item(answer(name, probe)))
                .onFailure().recoverWithItem(failure -> new Said(name, false, JsonObject.EMPTY_JSON_OBJECT, failure));
    }

    /** What is no JSON is its author's fault, and told like everything else that a probe throws. */
    private static Said answer(String name, EnvironProbe probe) {
        try {
            Found found = probe.ask();
            return new Said(name, found.status(), JSON.createObjectBuilder(found.data()).build(), null);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            return new Said(name, false, JsonObject.EMPTY_JSON_OBJECT, e);
        }
    }

    private Piece merged(List<Said> all) {
        Map<String, String> merged = new LinkedHashMap<>();
        merged.put(LIBRARIES, "{}");
        Map<String, Object> failed = new TreeMap<>();
        for (Said said : all) {
            said.data.forEach((key, value) -> merged.put(key, value.toString()));
            if (said.failure != null) {
                LOG.debugf(said.failure, "%s failed", said.name);
                failed.put(said.name, Map.of("message", Guard.words(said.failure), "limit", guard.limit()));
            }
        }
        if (!failed.isEmpty()) {
            merged.put("failed", JSON.createObjectBuilder(failed).build().toString());
        }
        return piece(all.stream().allMatch(Said::status), merged);
    }

    private static Piece piece(boolean status, Map<String, String> values) {
        return json -> {
            json.writeStartObject();
            json.writeBooleanField(STATUS, status);
            for (Map.Entry<String, String> value : values.entrySet()) {
                if (!value.getKey().equals(STATUS)) {
                    json.writeFieldName(value.getKey());
                    json.writeRawValue(value.getValue());
                }
            }
            json.writeEndObject();
        };
    }
}
