package dev.heartbeat.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Which libraries are in here, in which versions? Read once from the CycloneDX document that the build put beside them, a token
 * at a time, because of a megabyte only the names are kept.
 */
@Singleton
class Libraries implements EnvironProbe {
    private static final String DOCUMENT = "META-INF/sbom/application.cdx.json";
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Supplier<InputStream> document;
    private volatile Found found;

    Libraries() {
        this(() -> Libraries.class.getClassLoader().getResourceAsStream(DOCUMENT));
    }

    Libraries(Supplier<InputStream> document) {
        this.document = document;
    }

    @Override
    public Found ask() throws IOException {
        if (found == null) {
            found = Found.of(Map.of("libraries", read()));
        }
        return found;
    }

    /** Empty where the build made no document. */
    private Map<String, Object> read() throws IOException {
        Map<String, TreeSet<String>> versions = new TreeMap<>();
        try (InputStream in = document.get(); JsonParser json = in == null ? null : FACTORY.createParser(in)) {
            if (json != null) {
                json.nextToken();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean components = json.currentName().equals("components");
                    if (json.nextToken() == JsonToken.START_ARRAY && components) {
                        components(json, versions);
                    } else {
                        json.skipChildren();
                    }
                }
            }
        }
        Map<String, Object> libraries = new LinkedHashMap<>();
        versions.forEach((name, all) -> libraries.put(name, library(all)));
        return libraries;
    }

    private static void components(JsonParser json, Map<String, TreeSet<String>> versions) throws IOException {
        while (json.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> texts = new TreeMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    texts.put(name, json.getText());
                } else {
                    json.skipChildren();
                }
            }
            String group = texts.get("group");
            versions.computeIfAbsent((group == null ? "" : group + ":") + texts.get("name"), any -> new TreeSet<>())
                    .add(texts.getOrDefault("version", ""));
        }
    }

    /** Maven takes one version of each; who finds two has a document of another make, and a conflict. */
    private static Map<String, Object> library(TreeSet<String> versions) {
        String version = versions.pollFirst();
        Map<String, Object> library = new LinkedHashMap<>();
        library.put("version", version);
        library.put("conflicts", versions.isEmpty() ? null : List.copyOf(versions));
        return library;
    }
}
