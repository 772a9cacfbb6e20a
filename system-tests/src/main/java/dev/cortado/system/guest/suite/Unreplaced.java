package dev.cortado.system.guest.suite;

/** As a library with code in C has. */
final class Unreplaced {
    private Unreplaced() {}

    static native int call(int argument);
}
