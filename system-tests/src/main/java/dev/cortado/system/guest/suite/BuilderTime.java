package dev.cortado.system.guest.suite;

/** Initialised while the image of the suite is built, as Netty's timers are. */
final class BuilderTime {
    static final long START = System.nanoTime();

    private BuilderTime() {}
}
