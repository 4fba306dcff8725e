package dev.heartbeat.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hears what a class logs as a warning or worse. */
final class Warned extends Handler {
    final List<String> texts = new CopyOnWriteArrayList<>();
    private final Logger logger;

    Warned(Class<?> speaker) {
        logger = Logger.getLogger(speaker.getName());
    }

    void listen() {
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            texts.add(String.format(record.getMessage(), record.getParameters()));
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
