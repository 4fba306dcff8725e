package dev.heartbeat.web;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.heartbeat.model.SourceState;

/**
 * What does the answer about many sources and targets hold, piece by piece? Each source is gone through when its turn comes.
 */
final class StatusAnswer implements Iterator<Piece> {
    private final Iterator<Supplier<Iterator<Piece>>> parts;
    private Iterator<Piece> part = List.<Piece> of().iterator();

    private StatusAnswer(Stream<Supplier<Iterator<Piece>>> parts) {
        this.parts = parts.toList().iterator();
    }

    static Iterator<Piece> of(Collection<SourceState> known, StatusQuery query) {
        List<SourceState> sources = query.sources(known);
        Stream<Supplier<Iterator<Piece>>> begin = Stream.of(
                () -> pieces(JsonGenerator::writeStartObject, json -> json.writeArrayFieldStart("sources")),
                () -> sources.stream().<Piece> map(state -> new SourceRow(state)::write).iterator(),
                () -> pieces(JsonGenerator::writeEndArray, json -> json.writeArrayFieldStart("targets")));
        Stream<Supplier<Iterator<Piece>>> targets = sources.stream()
                .map(state -> () -> query.targets(state).<Piece> map(row -> row::write).iterator());
        Stream<Supplier<Iterator<Piece>>> end = Stream
                .of(() -> pieces(JsonGenerator::writeEndArray, JsonGenerator::writeEndObject));
        return new StatusAnswer(Stream.concat(begin, Stream.concat(targets, end)));
    }

    private static Iterator<Piece> pieces(Piece one, Piece other) {
        return List.of(one, other).iterator();
    }

    @Override
    public boolean hasNext() {
        while (!part.hasNext() && parts.hasNext()) {
            part = parts.next().get();
        }
        return part.hasNext();
    }

    @Override
    public Piece next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return part.next();
    }
}
