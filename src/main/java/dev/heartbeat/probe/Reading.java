package dev.heartbeat.probe;

import com.fasterxml.jackson.core.JsonToken;

/**
 * What is to be learned from one JSON text? Paths are written as the management API writes its columns: {@code queue.name},
 * the same for every element of an array.
 */
interface Reading<T> {
    /** What the text must be: an array or an object. */
    JsonToken root();

    /** A value that is neither null nor an array or object. */
    void value(String path, String text);

    /** An array begins. */
    default void array(String path) {
    }

    /** An object ends. */
    default void object(String path) {
    }

    /** Asked for once, when the text has ended well. */
    T result();
}
