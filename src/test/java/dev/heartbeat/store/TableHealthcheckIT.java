package dev.heartbeat.store;

import static dev.heartbeat.store.HistoryFixture.NOW;
import static dev.heartbeat.store.HistoryFixture.get;
import static dev.heartbeat.store.HistoryFixture.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.heartbeat.model.Asked;
import dev.heartbeat.model.Evidence;
import dev.heartbeat.model.HistoryRow;
import dev.heartbeat.model.Kind;
import dev.heartbeat.model.NamedCheck;
import dev.heartbeat.model.Observation;
import dev.heartbeat.model.Outcome;
import dev.heartbeat.model.Reason;
import dev.heartbeat.model.RowLayout;
import dev.heartbeat.model.Target;
import io.smallrye.mutiny.Uni;

class TableHealthcheckIT {
    private static final String URL = "https://www.google.com";
    private static final String DIGEST = "ac6bb669e40e44a8d9f8f0c94dfc63734049dcf6219aac77f02edf94b9162c09";
    private static final String KP = "create table %s (url_digest CHAR(256), measurement_time TIMESTAMP,"
            + " response_time_microseconds BIGINT NOT NULL, uri TEXT NOT NULL, status_code INT NOT NULL,"
            + " regex_present BOOL NOT NULL, regex_match BOOL, PRIMARY KEY (url_digest, measurement_time))";
    private final HistoryFixture fixture = new HistoryFixture();

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void aTableOfOursHasExactlyItsColumnsAndKey() {
        fixture.started("healthcheck", RowLayout.HEALTHCHECK);

        assertThat(fixture.columns("healthcheck")).containsExactly("url_digest character(64) not null",
                "measurement_time timestamp without time zone not null", "response_time_microseconds bigint not null",
                "uri text not null", "status_code integer not null", "regex_present boolean not null", "regex_match boolean");
        assertThat(fixture.one("select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'healthcheck'::regclass"
                + " and contype = 'p'")).isEqualTo("PRIMARY KEY (url_digest, measurement_time)");
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void everyValueIsRightInTheirTableAndInOurs(boolean isTheirs) {
        if (isTheirs) {
            fixture.ask(KP.formatted("healthcheck"));
        }
        HistoryTable table = fixture.started("healthcheck", RowLayout.HEALTHCHECK);

        get(table.write(List.of(site(URL, NOW, Outcome.UP))));

        assertThat(fixture
                .ask("select trim(url_digest) d, measurement_time::text t, response_time_microseconds r, uri, status_code,"
                        + " regex_present p, regex_match m from healthcheck"))
                .singleElement().asString().isEqualTo("{d=" + DIGEST + ", t=2026-11-21 12:34:56.789012, r=2500000, uri=" + URL
                        + ", status_code=200, p=true, m=true}");
    }

    @Test
    void aHealthEndpointIsARowAndTheChecksBehindItsAddressAreNone() {
        HistoryTable table = fixture.started("healthcheck", RowLayout.HEALTHCHECK);
        Target endpoint = new Target(Kind.HEALTH, "portal");
        List<HistoryRow> rows = List.of(endpoint, NamedCheck.of(endpoint, "db")).stream()
                .map(target -> new HistoryRow("publisher", new Observation(target, Outcome.down(Reason.UNHEALTHY, null), NOW,
                        null, target.equals(endpoint) ? new Evidence(503, null, null) : null, new Asked(URL, null)), NOW, null))
                .toList();

        get(table.write(rows));
        get(table.write(rows.subList(1, 2)));

        assertThat(fixture.ask("select uri, status_code from healthcheck")).singleElement().asString()
                .isEqualTo("{uri=" + URL + ", status_code=503}");
    }

    @Test
    void aFailedRequestIsARowWithoutStatus() {
        HistoryTable table = fixture.started("healthcheck", RowLayout.HEALTHCHECK);
        Target target = new Target(Kind.WEBSITE, "shop");

        get(table.write(List.of(
                new HistoryRow("publisher",
                        new Observation(target, Outcome.down(Reason.UNRESOLVED, "no such host"), NOW, null, null,
                                new Asked(URL, null)),
                        NOW, null),
                new HistoryRow("publisher", new Observation(target, Outcome.down(Reason.TIMED_OUT, null), NOW.plusSeconds(1),
                        Duration.ofSeconds(70), new Evidence(null, null, null), new Asked(URL, "x")), NOW, null))));

        assertThat(fixture.ask("select uri, status_code s, response_time_microseconds r, regex_present p, regex_match m"
                + " from healthcheck order by measurement_time")).asString()
                .isEqualTo(
                        "[{uri=" + URL + ", s=0, r=0, p=false, m=null}, {uri=" + URL + ", s=0, r=70000000, p=true, m=null}]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "healthcheckReplica", "health-check", "_x" })
    void aNameKeepsItsCapitalsAndHyphens(String name) {
        HistoryTable table = fixture.started(name, RowLayout.HEALTHCHECK);

        get(table.write(List.of(site(URL, NOW, Outcome.UP))));

        assertThat(fixture.one("select count(*) from \"" + name + "\"")).isEqualTo(1L);
    }

    @Test
    void aRepeatChangesNothingAndANewerWordWins() {
        HistoryTable table = fixture.started("healthcheck", RowLayout.HEALTHCHECK);
        List<HistoryRow> batch = HistoryFixture.records(0, 600);
        get(table.write(batch));
        Object before = fixture.one("select string_agg(h::text || xmin::text, '' order by h) from healthcheck h");

        get(table.write(batch));

        assertThat(fixture.one("select string_agg(h::text || xmin::text, '' order by h) from healthcheck h")).isEqualTo(before);
        get(table.write(List.of(site(URL, NOW, Outcome.UP), new HistoryRow("publisher",
                new Observation(new Target(Kind.WEBSITE, URL), Outcome.UP, NOW, null, new Evidence(503, null, null)), NOW,
                null))));
        assertThat(fixture.one("select status_code from healthcheck where uri = '" + URL + "'")).isEqualTo(503);
    }

    @Test
    void withoutTheRightToCreateATableThatIsThereIsUsed() {
        String role = fixture.role();
        fixture.ask(KP.formatted("healthcheck"));
        HistoryTable table = fixture.open(role, "healthcheck", RowLayout.HEALTHCHECK, 500);

        assertThatThrownBy(() -> get(table.start()))
                .hasMessageContaining("healthcheck").hasMessageContaining("lacks INSERT, SELECT, UPDATE");
        fixture.ask("grant select, insert, update on healthcheck to " + role);
        get(table.start());
        get(table.write(List.of(site(URL, NOW, Outcome.UP))));

        assertThat(fixture.one("select count(*) from healthcheck")).isEqualTo(1L);
    }

    @Test
    void withoutTheRightToCreateAndWithoutTheTableOneFailureSaysWhatIsMissing() {
        HistoryTable table = fixture.open(fixture.role(), "healthcheck", RowLayout.HEALTHCHECK, 500);

        assertThatThrownBy(() -> get(table.start())).hasMessageContaining("table healthcheck is not there")
                .hasMessageContaining("lacks CREATE on schema public").hasMessageContaining("primary key");
    }

    @Test
    void aTableOfAnotherShapeIsSaid() {
        fixture.ask("create table healthcheck (url_digest text, uri text)");
        HistoryTable table = fixture.open("healthcheck", RowLayout.HEALTHCHECK);

        assertThatThrownBy(() -> get(table.start())).hasMessageContaining("does not have the shape of healthcheck")
                .hasMessageContaining("measurement_time");
    }

    @Test
    void severalMayCreateItAtOnce() {
        assertThat(get(Uni.join().all(List.of(
                fixture.open("t", RowLayout.HEALTHCHECK).start().replaceWith(1),
                fixture.open("t", RowLayout.HEALTHCHECK).start().replaceWith(2),
                fixture.open("t", RowLayout.HEALTHCHECK).start().replaceWith(3))).andFailFast())).containsExactly(1, 2, 3);
    }
}
