package dev.heartbeat.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the known words did a writer mean? */
final class Spelling {
    private static final int MOST_SLIPS = 2;
    private static final int LISTED = 20;
    private static final int LONGEST = 64;

    private Spelling() {
    }

    /** "did you mean port? Known are host, port" */
    static String meant(String word, Set<String> known) {
        String all = "known are " + String.join(", ", known);
        return known.stream()
                .filter(candidate -> slips(word, candidate) <= Math.min(MOST_SLIPS, candidate.length() / 2))
                .min(Comparator.comparingInt(candidate -> slips(word, candidate)))
                .map(nearest -> "did you mean " + nearest + "? (" + all + ")")
                .orElse(all);
    }

    /** The words in one line, none of them breaking it, not endlessly many. */
    static String list(Collection<String> words) {
        String first = words.stream().limit(LISTED).map(Fault::plain).collect(Collectors.joining(", "));
        return words.size() <= LISTED ? first : first + " and " + (words.size() - LISTED) + " more";
    }

    /** Letters to insert, leave out or exchange until one word is the other. */
    private static int slips(String word, String other) {
        if (word.length() > LONGEST) {
            return word.length();
        }
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= word.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int exchanged = diagonal + (word.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
