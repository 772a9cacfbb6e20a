package dev.cortado.boot.layout;

/**
 * How a program at the other end of a guest's console, such as {@code cortado run}, sends bytes of
 * any value and the end of input over a line that has nothing but bytes: an escape says that the
 * next byte means something, and every other byte means itself.
 */
public final class ConsoleFrames {
    /** DLE of ASCII, "data link escape". */
    public static final int ESCAPE = 0x10;

    /** After an {@link #ESCAPE}: the byte {@link #ESCAPE} itself. */
    public static final int LITERAL = ESCAPE;

    /** After an {@link #ESCAPE}: nothing comes any more. */
    public static final int END_OF_INPUT = 'e';

    private ConsoleFrames() {}
}
