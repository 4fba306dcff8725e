package dev.heartbeat.web;

import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.UserTagSectionHelper;
import io.quarkus.qute.Variant;

/** How do the templates render, without an application around them? Escaping is as application.properties says. */
final class Templates {
    private static final Path FOLDER = Path.of("src/main/resources/templates");
    private static final Engine ENGINE = engine();

    private Templates() {
    }

    static Template of(String name) {
        return ENGINE.getTemplate(name);
    }

    private static Engine engine() {
        EngineBuilder engine = Engine.builder().addDefaults().addValueResolver(new ReflectionValueResolver())
                .addResultMapper(new HtmlEscaper(escaped()))
                .addLocator(name -> List.of(name, name + ".html").stream().map(FOLDER::resolve).filter(Files::isRegularFile)
                        .findFirst().map(Templates::location));
        for (String tag : List.of("moment", "bar", "news")) {
            engine.addSectionHelper(new UserTagSectionHelper.Factory(tag, "tags/" + tag + ".html"));
        }
        return engine.build();
    }

    private static List<String> escaped() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(reader);
            return List.of(properties.getProperty("quarkus.qute.escape-content-types").split(","));
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TemplateLocation location(Path file) {
        String type = file.toString().endsWith(".svg") ? "image/svg+xml" : "text/html";
        return new TemplateLocation() {
            @Override
            public Reader read() {
                try {
                    return new StringReader(Files.readString(file));
                } catch (java.io.IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public Optional<Variant> getVariant() {
                return Optional.of(Variant.forContentType(type));
            }
        };
    }

    /** The status page, as it leaves the program. */
    static String page(PageView view) {
        return of("page").data("view", view)
                .data("frame", new PageAssets().frame(view.verdict().words(), view.verdict().sign())).render();
    }

    /** The page of one target, as it leaves the program. */
    static String target(TargetPageView view) {
        return of("target").data("view", view).data("frame", new PageAssets().frame("target", view.row().sign())).render();
    }

    static String badge(Badge badge) {
        return new String(of("badge.svg").data("badge", badge).render().getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
    }
}
