package dev.heartbeat.model;

import java.util.List;

/** How is one list of the targets file read? A new kind of entry is a record, a section, and a line in {@link #ALL}. */
interface Section<S extends Spec> {
    /** Every section, in the order in which they are read and reported. */
    List<Section<?>> ALL = List.of(new HostSection(), new WebsiteSection(), new QueueSection(), new HealthSection());

    /** The list's key in the file. */
    String key();

    Class<S> spec();

    /** The keys that may give an entry's name; the first that is present does. */
    List<String> nameKeys();

    /**
     * The record of one entry; null, with at least one fault reported, when something is wrong.
     *
     * @param pace what counts where the entry says nothing
     */
    S read(Entry entry, Pace pace);

    /** All that a record says, for the hash: texts, numbers, lists and maps of them, nulls. */
    List<Object> content(S spec);
}
