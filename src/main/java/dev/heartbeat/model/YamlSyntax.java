package dev.heartbeat.model;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.StreamReader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

/** How is YAML read, and what is said where it breaks? */
final class YamlSyntax extends Syntax {
    static final Syntax YAML = new YamlSyntax();

    private YamlSyntax() {
        super(factory());
    }

    private static JsonFactory factory() {
        // The tree has limits of its own, which say where they are exceeded.
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        options.setNestingDepthLimit(Integer.MAX_VALUE);
        return YAMLFactory.builder().enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL).loaderOptions(options).build();
    }

    @Override
    void check(String text) throws Unreadable {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                throw new Unreadable(new Place(null, "", line, column),
                        String.format("must not hold the character U+%04X; in double quotes it is written \\u%04x", c, c));
            }
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
    }

    @Override
    Unreadable unreadable(JsonProcessingException e) {
        String complaint = "must be valid YAML: look at indentation, colons and quotes";
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
                Place at = new Place(null, "", marked.getProblemMark().getLine() + 1, marked.getProblemMark().getColumn() + 1);
                return new Unreadable(at,
                        complaint + " (" + Fault.plain(marked.getProblem().replaceFirst("\\. \\(Do.*", "")) + ")");
            }
        }
        return new Unreadable(place(e.getLocation()), complaint);
    }
}
