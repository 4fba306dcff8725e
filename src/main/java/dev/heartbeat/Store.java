package dev.heartbeat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where can what was heard be kept? All of them keep states; which keeps history too? */
enum Store {
    /** States and the outbox, and the keys of pipeline-heartbeat. */
    REDIS(false),
    /** States, the outbox, and a row for each observation. */
    POSTGRESQL(true),
    /** States, until the process ends. */
    MEMORY(false);

    static final String VARIABLE = "HEARTBEAT_STORE";
    private final boolean history;

    Store(boolean history) {
        this.history = history;
    }

    /** As it is written. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The stores that such a list names: states are kept in the first, history in all that keep any.
     *
     * @throws IllegalArgumentException for a word that is none, or for a store that would have nothing to do
     */
    static List<Store> parse(String text) {
        List<Store> stores = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            Store store = of(word.strip());
            if (store == null) {
                throw new IllegalArgumentException("\"" + word.strip()
                        + "\" is none of redis, postgresql, memory; give one of them, or two such as redis,postgresql");
            }
            if (stores.contains(store)) {
                throw new IllegalArgumentException("names " + store.word() + " twice");
            }
            if (!stores.isEmpty() && !store.history) {
                throw new IllegalArgumentException("states are kept in the first, " + stores.get(0).word() + ", and "
                        + store.word() + " keeps no history; leave " + store.word() + " out, or name it first");
            }
            stores.add(store);
        }
        return stores;
    }

    private static Store of(String word) {
        for (Store store : values()) {
            if (store.name().equals(word.toUpperCase(Locale.ROOT))) {
                return store;
            }
        }
        return null;
    }
}
