package dev.cortado.drivers.acpi.event;

import java.util.ArrayList;
import java.util.List;

/** Registers of 16 events, from number 0 on. */
public final class EventModel implements EventRegisters {
    public final int[] status = new int[2];
    public final int[] enabled = new int[2];

    /** Of the first group, those whose cause does not end. */
    public int stuck;

    /** What was cleared, and what AML has written in between. */
    public final List<String> log = new ArrayList<>();

    @Override
    public int groups() {
        return 2;
    }

    @Override
    public int firstEvent(int group) {
        return group * Byte.SIZE;
    }

    @Override
    public int status(int group) {
        return status[group] | (group == 0 ? stuck : 0);
    }

    @Override
    public void clear(int group, int events) {
        status[group] &= ~events;
        log.add("cleared %x of %d".formatted(events, group));
    }

    @Override
    public void enable(int group, int events) {
        enabled[group] = events;
    }
}
