package dev.cortado.drivers.block;

/**
 * Names for disks of several controllers, one after the other: sda, sdb and so on. What cannot be
 * used keeps its name: those behind it have theirs at every start.
 */
public final class DiskNames {
    private final String prefix;
    private int count;

    public DiskNames(String prefix) {
        this.prefix = prefix;
    }

    public synchronized String next() {
        return prefix + MachineDisks.letters(count++);
    }
}
