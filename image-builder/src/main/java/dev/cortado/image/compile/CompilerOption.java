package dev.cortado.image.compile;

import java.util.List;

/**
 * An option of the {@code native-image} command, as the compiler declares it beside an option of
 * its own ({@code APIOption}).
 *
 * @param name with its dashes, such as {@code --features}
 * @param builderName the name of the compiler's own option
 * @param kind how a value gets to that option
 * @param separators what may stand between name and value: {@link #NEXT_WORD}, {@link #NOTHING}, or
 *     the character itself
 * @param value the value that it has: always, if the kind is {@link Kind#FIXED}, or if none is
 *     given; null if there is none
 * @param transformer name of the compiler's class that rewrites values; null for none
 */
record CompilerOption(
        String name,
        String builderName,
        Kind kind,
        List<Character> separators,
        String value,
        String transformer) {
    static final char NEXT_WORD = ' ';
    static final char NOTHING = 0;

    /** What becomes of a value. */
    enum Kind {
        /** A switch, which this option turns on. */
        ON,
        /** A switch, which this option turns off. */
        OFF,
        /** It takes no value, but stands for one. */
        FIXED,
        /** It takes a value. */
        VALUED
    }

    CompilerOption {
        separators = List.copyOf(separators);
    }

    boolean takesValue() {
        return kind == Kind.VALUED;
    }
}
