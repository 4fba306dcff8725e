package dev.heartbeat.model;

import java.nio.charset.StandardCharsets;

/** Is a text made of whole characters? Half of a pair can't be written as UTF-8, and kills whoever tries (PH) or is garbled. */
final class Characters {
    private Characters() {
    }

    /** The text, with the sign for what can't be shown in place of each half character. */
    static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
            }
        }
        return text;
    }
}
