package dev.cortado.drivers.acpi.event;

/** Registers of general purpose events (ACPI 6.5, 4.8.4.1), in groups of eight. */
public interface EventRegisters {
    int groups();

    /** The number of a group's bit 0. */
    int firstEvent(int group);

    /** A bit for each event that has happened, enabled or not. */
    int status(int group);

    /** Forgets events, a bit for each; of one whose cause goes on, nothing. */
    void clear(int group, int events);

    /** From now on these interrupt, and no others of the group. */
    void enable(int group, int events);
}
