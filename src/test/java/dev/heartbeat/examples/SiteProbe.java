package dev.heartbeat.examples;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.heartbeat.web.EnvironProbe;

/** Where does this one run? */
@ApplicationScoped
class SiteProbe implements EnvironProbe {
    private final String site;

    SiteProbe(@ConfigProperty(name = "repository.site") String site) {
        this.site = site;
    }

    @Override
    public Found ask() {
        return Found.of(Map.of("site", site));
    }
}
