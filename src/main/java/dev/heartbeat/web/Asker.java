package dev.heartbeat.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/**
 * Who asks for something to be done, as far as one can tell?
 *
 * @param peer the address that the connection comes from, as digits; null where there is none
 */
record Asker(String peer, MultiMap headers) {
    /** Every browser sends one of them with whatever a page posts. */
    private static final List<String> OF_PAGES = List.of("Origin", "Sec-Fetch-Site");
    /** Through a proxy everybody comes from this host. */
    private static final List<String> OF_PROXIES = List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host",
            "X-Forwarded-Proto", "X-Real-IP");

    static Asker of(HttpServerRequest request) {
        return new Asker(request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(), request.headers());
    }

    boolean isPage() {
        return OF_PAGES.stream().anyMatch(headers::contains);
    }

    boolean isThisHost() {
        return isLoopback() && OF_PROXIES.stream().noneMatch(headers::contains);
    }

    /** Digits are looked up nowhere. */
    private boolean isLoopback() {
        try {
            return peer != null && !peer.isEmpty() && InetAddress.getByName(peer).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
