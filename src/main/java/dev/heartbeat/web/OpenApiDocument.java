package dev.heartbeat.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/**
 * What can a program ask us? The document is written by hand, because the API is made of routes, and a test holds every answer
 * against it. Served by ourselves: the extension for it would read, translate and keep it at every start, which costs a tenth
 * of the memory.
 */
@Singleton
final class OpenApiDocument {
    static final String PATH = "/q/openapi";
    private static final String RESOURCE = "META-INF/openapi.yaml";
    private static final String JSON = "application/json";
    private static final String YAML = "application/yaml";

    private final String version;

    OpenApiDocument(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.version = version;
    }

    /** As YAML, or as JSON for who asks for it: {@code ?format=json}, or by the Accept header. */
    void answer(RoutingContext context) {
        String format = context.request().getParam("format");
        String accepted = String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT));
        boolean json = format == null ? accepted.contains(JSON) : format.equalsIgnoreCase("json");
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, (json ? JSON : YAML) + ";charset=UTF-8")
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .end(json ? json() : yaml());
    }

    private String yaml() {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("version: \"0\"",
                    "version: \"" + version + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String json() {
        StringWriter text = new StringWriter();
        try (JsonParser in = new YAMLFactory().createParser(yaml());
                JsonGenerator out = new JsonFactory().createGenerator(text)) {
            in.nextToken();
            out.copyCurrentStructure(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
