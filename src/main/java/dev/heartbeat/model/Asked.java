package dev.heartbeat.model;

import java.util.Objects;

/**
 * What was asked, and where?
 *
 * @param address a website's URL, or {@code host:port}; where a target has none its name
 * @param pattern the regular expression that the body was searched for; null where none was
 */
public record Asked(String address, String pattern) {
    public Asked {
        Objects.requireNonNull(address);
    }
}
