package dev.cortado.kernel.monitor;

/** Something that the monitor can show or do, at one letter. */
public interface MonitorCommand {
    /** The letter. */
    char key();

    /** What it shows or does, in a few words, for the help. */
    String description();

    /** Runs in the monitor's thread, which is a Java thread; the program goes on meanwhile. */
    void run(MonitorText text);
}
