package dev.heartbeat.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.quarkus.qute.TemplateData;

/**
 * When was it? The browser turns it into the reader's zone; who has no script reads UTC.
 *
 * @param iso for programs
 * @param text for a reader, to the second
 */
@TemplateData
public record PageMoment(String iso, String text) {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Null of null. */
    static PageMoment of(Instant instant) {
        return instant == null ? null : new PageMoment(instant.toString(), UTC.format(instant));
    }
}
