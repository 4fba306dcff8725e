package dev.heartbeat.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resource.StringResource;

/** Which scripts make the tables? They are named, not searched for: a native executable has no folders. */
final class Scripts implements ResourceProvider {
    private static final String FOLDER = "/db/migration/";
    private final List<LoadableResource> scripts = new ArrayList<>();

    Scripts(List<String> names) {
        names.forEach(name -> scripts.add(new Script(name)));
    }

    private static final class Script extends StringResource {
        private final String name;

        Script(String name) {
            super(text(name));
            this.name = name;
        }

        private static String text(String name) {
            try (InputStream in = Scripts.class.getResourceAsStream(FOLDER + name)) {
                return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }
    }

    @Override
    public LoadableResource getResource(String name) {
        return scripts.stream().filter(script -> script.getFilename().equals(name)).findFirst().orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream().filter(script -> script.getFilename().startsWith(prefix)
                && Arrays.stream(suffixes).anyMatch(script.getFilename()::endsWith)).toList();
    }
}
