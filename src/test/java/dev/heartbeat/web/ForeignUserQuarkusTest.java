package dev.heartbeat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;

import org.junit.jupiter.api.Test;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;

/** Who may reload where an extension of Quarkus says who asks, as that for OpenID Connect does? */
@QuarkusTest
@TestProfile(ForeignUserQuarkusTest.Extended.class)
class ForeignUserQuarkusTest {
    public static final class Extended implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.test-port", "0", "quarkus.redis.active", "false");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(Doorman.class);
        }
    }

    /** Gives the request its user, where and as Quarkus' own authentication does. */
    @Alternative
    @ApplicationScoped
    public static class Doorman {
        @SuppressWarnings("deprecation") // As they do.
        void filters(@Observes Filters filters) {
            filters.register(context -> {
                String who = context.request().getHeader("X-Test-User");
                if (who != null) {
                    context.setUser(new QuarkusHttpUser(identity(who.equals("nobody"))));
                }
                context.next();
            }, 2_000);
        }

        private static SecurityIdentity identity(boolean anonymous) {
            return (SecurityIdentity) Proxy.newProxyInstance(SecurityIdentity.class.getClassLoader(),
                    new Class<?>[] { SecurityIdentity.class }, (proxy, method, arguments) -> switch (method.getName()) {
                        case "isAnonymous" -> anonymous;
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }
    }

    @TestHTTPResource("/")
    URI root;

    private int reload(String... headers) {
        return new Asking(root).send("POST", "/api/reload", headers).statusCode();
    }

    @Test
    void whomItKnowsReloadsFromWhereverHeAsksAndNobodyElseDoes() {
        assertThat(reload("X-Forwarded-For", "192.0.2.7")).isEqualTo(403);
        assertThat(reload("X-Forwarded-For", "192.0.2.7", "X-Test-User", "nobody")).isEqualTo(403);
        assertThat(reload("X-Forwarded-For", "192.0.2.7", "X-Test-User", "ops")).isEqualTo(200);
        assertThat(reload("X-Test-User", "ops", "Origin", "http://elsewhere.example"))
                .as("a browser sends the cookie by itself").isEqualTo(403);
    }
}
