package dev.heartbeat.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.heartbeat.model.Group;
import dev.heartbeat.model.KnownStates;
import dev.heartbeat.model.SourceState;
import dev.heartbeat.model.TargetStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is the health of everything we know? In a publisher, of what its newest rounds found. */
@Path("/api/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
    private final KnownStates known;

    StatusResource(KnownStates known) {
        this.known = known;
    }

    /** All sources and their targets, by name. */
    @GET
    public Answer status() {
        List<Source> sources = new ArrayList<>();
        List<Row> targets = new ArrayList<>();
        known.states().stream().sorted(Comparator.comparing(SourceState::source)).forEach(state -> {
            sources.add(Source.of(state));
            TargetStatus.of(state).forEach(status -> targets.add(Row.of(status)));
        });
        return new Answer(sources, targets);
    }

    /** What does the whole answer hold? */
    @RegisterForReflection
    public record Answer(List<Source> sources, List<Row> targets) {
    }

    /**
     * Who speaks, when was it last heard, and what is odd about it? What is not the case is left out.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record Source(String source, String boot, Instant heard, @JsonProperty("silent_since") Instant silentSince,
            @JsonProperty("clock_ahead_seconds") Long clockAheadSeconds,
            @JsonProperty("two_programs_at") Instant twoProgramsAt) {
        static Source of(SourceState state) {
            Instant heard = state.groups().values().stream().map(Group::heard).filter(java.util.Objects::nonNull)
                    .max(Comparator.naturalOrder()).orElse(null);
            Instant silent = state.groups().values().stream().map(Group::silent).filter(java.util.Objects::nonNull)
                    .min(Comparator.naturalOrder()).orElse(null);
            Long ahead = state.speaker().clockAhead() ? -state.speaker().offset().toSeconds() : null;
            return new Source(state.source(), state.speaker().boot(), heard, silent, ahead, state.speaker().rival());
        }
    }

    /** What is known of one target? */
    @RegisterForReflection
    public record Row(String source, String kind, String name, String health, String was, Instant since, String reason,
            String detail, @JsonProperty("last_seen_up") Instant lastSeenUp,
            @JsonProperty("last_seen_down") Instant lastSeenDown) {
        static Row of(TargetStatus status) {
            return new Row(status.source(), status.target().kind().word(), status.target().name(), status.health().name(),
                    status.was() == null ? null : status.was().name(), status.since(),
                    status.reason() == null ? null : status.reason().name(), status.detail(), status.lastUp(),
                    status.lastDown());
        }
    }
}
