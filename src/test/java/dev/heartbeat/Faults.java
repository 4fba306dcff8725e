package dev.heartbeat;

/** How often the fault tests strike: a few times in every build, and many times with {@code -Pfaults}. */
final class Faults {
    private static final boolean MANY = Boolean.getBoolean("heartbeat.faults.many");
    /** The tag of the test classes that {@code -Pfaults} runs. */
    static final String TAG = "faults";

    private Faults() {
    }

    static int times(int few, int many) {
        return MANY ? many : few;
    }
}
