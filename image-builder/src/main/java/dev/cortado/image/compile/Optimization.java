package dev.cortado.image.compile;

import java.util.Locale;

/** What the compiler should strive for. */
public enum Optimization {
    /** A small image; the default. */
    SIZE("s"),
    /** Fast code. */
    SPEED("2"),
    /** A short build, for trying things out. */
    BUILD("b");

    private final String level;

    Optimization(String level) {
        this.level = level;
    }

    /** The compiler's name of the level. */
    String level() {
        return level;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
