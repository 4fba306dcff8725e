package dev.heartbeat.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

/** Which tree does a text hold, and where does each of its values stand? Used once, by one thread. */
final class TreeReader {
    private static final int MOST_CHARACTERS = 16 * 1024 * 1024;
    private static final int DEEPEST = 100;
    /** A few aliases of aliases can stand for more values than a machine can hold. */
    private static final int MOST_VALUES = 2_000_000;

    private final JsonParser parser;
    private final Faults faults;
    private final Dialect dialect;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int values;

    /**
     * What is particular to a format?
     *
     * @param root the key that a file holds at least
     * @param tags null where values are taken as they are written
     */
    record Dialect(String root, Tags tags) {
    }

    /** What does a tag (!...) make of the text behind it? */
    interface Tags {
        /** Null for a tag that the format has not. */
        String value(String tag, Place at, String text);
    }

    /** What does an anchor name, and how many values are that? */
    private record Anchored(Node node, int values) {
    }

    private TreeReader(JsonParser parser, Faults faults, Dialect dialect) {
        this.parser = parser;
        this.faults = faults;
        this.dialect = dialect;
    }

    /** The root; null, with one fault, when the text can not be read. */
    static Node read(Syntax syntax, String text, Faults faults, Dialect dialect) {
        try {
            if (text.length() > MOST_CHARACTERS) {
                throw new Unreadable(Place.START, "must be of at most 16 MiB");
            }
            return syntax.read(text, parser -> new TreeReader(parser, faults, dialect).root());
        } catch (Unreadable e) {
            faults.add(e.at(), null, e.getMessage());
            return null;
        }
    }

    private Node root() throws IOException, Unreadable {
        if (parser.nextToken() == null) {
            throw new Unreadable(Place.START, "is empty; must hold the key " + dialect.root());
        }
        Node root = node(null, "", 0);
        if (parser.nextToken() != null) {
            throw new Unreadable(place(null, ""), "must end here: a file holds one document");
        }
        return root;
    }

    private Node node(Place parent, String step, int depth) throws IOException, Unreadable {
        Place at = place(parent, step);
        count(1, at);
        if (depth > DEEPEST) {
            throw new Unreadable(at, "must not be nested deeper than " + DEEPEST);
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            return aliased(at);
        }
        Object anchor = parser.getObjectId();
        int before = values;
        Node node = parser.getTypeId() == null ? plain(at, depth) : tagged(at, String.valueOf(parser.getTypeId()));
        if (anchor != null) {
            anchors.put(anchor.toString(), new Anchored(node, values - before));
        }
        return node;
    }

    private Node plain(Place at, int depth) throws IOException, Unreadable {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(at, depth);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(at, depth);
        }
        return new Node.Scalar(at, token == JsonToken.VALUE_NULL ? null : parser.getText(), token.isNumeric(), false);
    }

    private Node tagged(Place at, String tag) throws IOException, Unreadable {
        if (dialect.tags() == null) {
            throw new Unreadable(at, "must not have a tag (!...): values are taken as they are written");
        }
        String value = parser.currentToken().isScalarValue() ? dialect.tags().value(tag, at, parser.getText()) : null;
        if (value == null) {
            throw new Unreadable(at, "must not have this tag: the only one is !ENV, before a text");
        }
        return new Node.Scalar(at, value, false, true);
    }

    private Node mapping(Place at, int depth) throws IOException, Unreadable {
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Place keyAt = place(at, "." + key);
            parser.nextToken();
            Node.Field former = fields.put(key, new Node.Field(keyAt, node(at, "." + key, depth + 1)));
            if (former != null) {
                faults.tolerate(keyAt, null,
                        "must be given once; it stands in line " + former.key().line() + " already");
            }
        }
        return new Node.Mapping(at, fields);
    }

    private Node sequence(Place at, int depth) throws IOException, Unreadable {
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(at, "[" + items.size() + "]", depth + 1));
        }
        return new Node.Sequence(at, items);
    }

    private Node aliased(Place at) throws IOException, Unreadable {
        Anchored anchored = anchors.get(parser.getText());
        if (anchored == null) {
            throw new Unreadable(at, "must be an alias of an anchor (&name) that ends before it");
        }
        count(anchored.values(), at);
        return anchored.node();
    }

    private void count(int more, Place at) throws Unreadable {
        values += more;
        if (values > MOST_VALUES) {
            throw new Unreadable(at, "must hold at most " + MOST_VALUES + " values, aliases included");
        }
    }

    private Place place(Place parent, String step) {
        JsonLocation location = parser.currentTokenLocation();
        return new Place(parent, step, location.getLineNr(), location.getColumnNr());
    }
}
