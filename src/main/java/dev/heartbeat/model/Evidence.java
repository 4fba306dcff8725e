package dev.heartbeat.model;

import java.time.Instant;

/**
 * What was seen beside the outcome? Each part is null where it does not apply: status code, regex match, end of the
 * certificate.
 */
public record Evidence(Integer status, Boolean match, Instant certificateExpiry) {
}
