package dev.heartbeat.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which groups are there, which of them may be referred to here, and what are their numbers in Java? */
final class PythonGroups {
    private static final int NONE = Integer.MAX_VALUE;

    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Integer, Integer> askedLater = new TreeMap<>();
    private final Set<Integer> asked;
    private int javaGroups;
    private int behind = NONE;

    /** The numbers of the groups that some condition asks about, as far as they are known. */
    PythonGroups(Set<Integer> asked) {
        this.asked = new TreeSet<>(asked);
    }

    /** A group by its number in Java; an empty name for one without. */
    record Numbered(String name, int java) {
    }

    /** In the order of their numbers in Python. */
    List<Numbered> all() {
        return groups.stream().map(group -> new Numbered(group.name, group.java)).toList();
    }

    Set<Integer> asked() {
        return asked;
    }

    /** An empty name for a group without one. */
    int open(String name, int position) {
        int number = groups.size() + 1;
        if (!name.isEmpty() && names.putIfAbsent(name, number) != null)
            throw new PythonPatternException("group '" + name + "' exists already; choose another name", position);
        groups.add(new Group(name, ++javaGroups));
        return number;
    }

    /** The group's text in Java. One that a condition asks about ends with a mark: a group that is set when this one is. */
    PythonPiece close(int number, PythonPiece content) {
        var group = groups.get(number - 1);
        group.content = content;
        if (!asked.contains(number))
            return PythonPiece.unit("(" + content.java() + ")", content.min(), content.max());
        group.mark = ++javaGroups;
        // The branch keeps Java from a kind of loop that forgets to unset the mark when it goes back.
        return PythonPiece.unit("(" + content.grouped().java() + "(?:()|(?!)))", content.min(), content.max());
    }

    int number(String name, int position) {
        var number = names.get(name);
        if (number == null)
            throw new PythonPatternException("no group before this is named '" + name + "'", position);
        return number;
    }

    /** What the group took, once more. */
    PythonPiece again(int number, Set<PythonFlag> flags, int start, int end) {
        if (number > groups.size())
            throw new PythonPatternException("there is no group " + number + " before this", start + 1);
        var group = groups.get(number - 1);
        if (group.content == null)
            throw new PythonPatternException("group " + number + " is still open here; refer to it after its ')'", start);
        checkBehind(number, end);
        var same = "\\" + group.java;
        if (!flags.contains(PythonFlag.IGNORE_CASE))
            return PythonPiece.unit("(?:" + same + ")", group.content.min(), group.content.max());
        // First as it is: regardless of case Java compares too much where a pair of surrogates is repeated.
        var mode = flags.contains(PythonFlag.ASCII) ? "(?i:" : "(?iu:";
        return PythonPiece.unit("(?>" + same + "|" + mode + same + "))", group.content.min(), group.content.max());
    }

    /** The mark of the group; 0 where it is not known in this reading yet. */
    int mark(int number, int position, int end) {
        if (number <= groups.size() && groups.get(number - 1).content == null)
            throw new PythonPatternException("a condition on a group that is still open; ask after its ')'", position);
        checkBehind(number, end);
        if (number > groups.size())
            askedLater.putIfAbsent(number, position);
        asked.add(number);
        return number > groups.size() ? 0 : groups.get(number - 1).mark;
    }

    /** To be called with the result of the call before it, so that lookbehinds nest. */
    int beginBehind() {
        int before = behind;
        behind = Math.min(behind, groups.size());
        return before;
    }

    void endBehind(int before) {
        behind = before;
    }

    void checkAllExist() {
        askedLater.forEach((number, position) -> {
            throw new PythonPatternException(number > groups.size()
                    ? "there is no group " + number
                    : "a condition on a group that comes later; put the group first", position);
        });
    }

    private void checkBehind(int number, int end) {
        if (number > behind)
            throw new PythonPatternException("group " + number + " belongs to the same lookbehind; refer to it after its ')'",
                    end);
    }

    private static final class Group {
        private final String name;
        private final int java;
        private int mark;
        /** Null while the group is open. */
        private PythonPiece content;

        private Group(String name, int java) {
            this.name = name;
            this.java = java;
        }
    }
}
