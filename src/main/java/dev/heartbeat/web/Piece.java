package dev.heartbeat.web;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

/** What does one part of an answer say, in JSON? */
@FunctionalInterface
interface Piece {
    void write(JsonGenerator json) throws IOException;
}
