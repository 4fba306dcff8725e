package dev.heartbeat.services;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What does a class warn of, or worse, from now until this is closed? */
public final class Warnings extends Handler implements AutoCloseable {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public Warnings(Class<?> teller) {
        logger = Logger.getLogger(teller.getName());
        logger.addHandler(this);
    }

    /** One text for each. */
    public List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            told.add(record.getParameters() == null ? record.getMessage()
                    : String.format(record.getMessage(), record.getParameters()));
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
