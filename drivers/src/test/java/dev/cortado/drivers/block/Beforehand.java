package dev.cortado.drivers.block;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** Errors that are made when there is memory, since they are due when there may be none. */
public final class Beforehand {
    private Beforehand() {}

    /** Fails if an error was made where it was due, and not in a constructor of a class. */
    public static void assertMadeBy(Class<?> maker, Throwable error) {
        assertTrue(
                Arrays.stream(error.getStackTrace())
                        .anyMatch(frame ->
                                frame.getClassName().equals(maker.getName())
                                        && frame.getMethodName().equals("<init>")),
                () -> "made by " + error.getStackTrace()[0]);
    }
}
