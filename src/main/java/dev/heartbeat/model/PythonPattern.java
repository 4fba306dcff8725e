package dev.heartbeat.model;

/** placeholder until merged */
public final class PythonPattern {
    private PythonPattern() {
    }
}
