package dev.heartbeat.model;

import java.util.Objects;

/** What is watched? A name is unique within its kind and source. */
public record Target(Kind kind, String name) implements Comparable<Target> {
    public Target {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
    }

    @Override
    public int compareTo(Target other) {
        int byKind = kind.compareTo(other.kind);
        return byKind != 0 ? byKind : name.compareTo(other.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + kind.ordinal();
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
