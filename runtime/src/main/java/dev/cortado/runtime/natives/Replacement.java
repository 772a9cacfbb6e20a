package dev.cortado.runtime.natives;

import java.util.Locale;

/** What stands in an image for a native method of the JDK. */
public enum Replacement {
    /** Java code of Cortado's. */
    CORTADO("Java code of Cortado's"),
    /** Java code that the compiler brings. */
    GRAALVM("Java code of GraalVM's"),
    /** An error of GraalVM's: it has removed the method, with what calls it. */
    REMOVED("removed by GraalVM"),
    /** Instructions that the compiler knows for a call of it. */
    COMPILER("instructions of the compiler's"),
    /** Returns zero, false or null: there is nothing to do, or that is the answer. */
    NOTHING("nothing, or zero"),
    /** Throws an exception that gives the reason. */
    REFUSED("refused");

    private final String title;

    Replacement(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** Whether what stands there is made after this table. */
    public boolean isMadeHere() {
        return this == NOTHING || this == REFUSED;
    }

    static Replacement of(String word) {
        for (Replacement each : values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no replacement");
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
