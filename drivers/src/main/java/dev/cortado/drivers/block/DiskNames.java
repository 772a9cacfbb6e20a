package dev.cortado.drivers.block;

/**
 * Names for disks of several controllers, one after the other: sda, sdb and so on, and sr0, sr1 for
 * CDs. What cannot be used keeps its name: those behind it have theirs at every start.
 */
public final class DiskNames {
    private final String prefix;
    private int count;
    private int discs;

    public DiskNames(String prefix) {
        this.prefix = prefix;
    }

    public synchronized String next(BlockDevice device) {
        return device.isDisc() ? "sr" + discs++ : prefix + MachineDisks.letters(count++);
    }
}
