package dev.cortado.drivers.ata.ahci;

import dev.cortado.drivers.ata.AtaCommand;
import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.register.RegisterWindow;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;

/** A port's registers (3.3), and its ways to be started, stopped and reset (10.1, 10.3, 10.4). */
final class PortRegisters {
    private static final int FIRST = 0x100;
    static final int BYTES = 0x80;

    private static final int CLB = 0x00;
    private static final int FB = 0x08;
    private static final int IS = 0x10;
    private static final int IE = 0x14;
    private static final int CMD = 0x18;
    private static final int TFD = 0x20;
    private static final int SIG = 0x24;
    private static final int SSTS = 0x28;
    private static final int SCTL = 0x2c;
    private static final int SERR = 0x30;
    private static final int SACT = 0x34;
    private static final int CI = 0x38;

    private static final int CMD_ST = 1;
    private static final int CMD_SUD = 1 << 1;
    private static final int CMD_POD = 1 << 2;
    private static final int CMD_FRE = 1 << 4;
    private static final int CMD_CR = 1 << 15;
    private static final int CMD_ICC = 0xf << 28;
    private static final int CMD_ICC_ACTIVE = 1 << 28;

    /** Of {@link #SSTS} and {@link #SCTL}. */
    private static final int DET = 0xf;

    private static final int DET_NONE = 0;
    private static final int DET_RESET = 1;
    private static final int DET_ESTABLISHED = 3;

    /**
     * What a disk, and a drive that takes packets, leave in {@link #SIG} (Serial ATA 3.0, 11.3).
     */
    private static final int SIGNATURE_DISK = 0x0000_0101;

    private static final int SIGNATURE_PACKETS = 0xeb14_0101;

    /**
     * Of {@link #IS} and {@link #IE}: the disk, the link or the controller say that it is wrong.
     */
    private static final int IS_TASK_FILE_ERROR = 1 << 30;

    private static final int IS_ERRORS =
            IS_TASK_FILE_ERROR | 1 << 29 | 1 << 28 | 1 << 27 | 1 << 26 | 1 << 24;

    /** The link was lost or has come. */
    private static final int IS_LINK = 1 << 22 | 1 << 6;

    /** A disk has sent: registers, set-up of PIO, of DMA, or set bits. */
    private static final int IS_ANSWERS = 0b1111;

    /** Milliseconds. */
    private static final int RESET = 1;

    private static final int STOP = 500;
    private static final int LINK = 1000;
    private static final int READY = 10_000;

    private final PciAccess access;
    private final String place;
    private final Registers registers;

    PortRegisters(PciAccess access, Registers all, int number) {
        this.access = access;
        place = "port " + number;
        registers = new RegisterWindow(all, FIRST + (long) number * BYTES, BYTES);
    }

    String name() {
        return access.name() + ' ' + place;
    }

    String place() {
        return place;
    }

    private void set(int register, int bits) {
        registers.write32(register, registers.read32(register) | bits);
    }

    private void clear(int register, int bits) {
        registers.write32(register, registers.read32(register) & ~bits);
    }

    /** Begins to look for a disk (10.1.1). */
    void spinUp() {
        int command = registers.read32(CMD) & ~CMD_ICC;
        registers.write32(CMD, command | CMD_SUD | CMD_POD | CMD_ICC_ACTIVE);
    }

    /** Whether something is there, if not yet spoken with. */
    boolean isPresent() {
        return (registers.read32(SSTS) & DET) != DET_NONE;
    }

    boolean isEstablished() {
        return (registers.read32(SSTS) & DET) == DET_ESTABLISHED;
    }

    boolean isDisk() {
        return registers.read32(SIG) == SIGNATURE_DISK;
    }

    boolean takesPackets() {
        return registers.read32(SIG) == SIGNATURE_PACKETS;
    }

    /** Starts the port for its memory, a disk being there. */
    void start(PortMemory memory) throws IOException, InterruptedException {
        write64(CLB, memory.listAddress());
        write64(FB, memory.receivedAddress());
        registers.write32(SERR, -1);
        set(CMD, CMD_FRE);
        awaitLink();
        begin();
    }

    private void write64(int offset, long value) {
        registers.write32(offset, (int) value);
        registers.write32(offset + Integer.BYTES, (int) (value >>> Integer.SIZE));
    }

    private void begin() {
        registers.write32(SERR, -1);
        registers.write32(IS, -1);
        registers.write32(IE, IS_ERRORS | IS_LINK | IS_ANSWERS);
        set(CMD, CMD_ST);
    }

    private void awaitLink() throws IOException, InterruptedException {
        await("its link", LINK, SSTS, DET, DET_ESTABLISHED);
        await("the disk", READY, TFD, AtaCommand.STATUS_BSY | AtaCommand.STATUS_DRQ, 0);
    }

    /**
     * Goes on after an error, no command being under way any more (6.2.2.1): the drive keeps its
     * reasons, unless it has to be reset.
     */
    void restart() throws IOException, InterruptedException {
        stopList();
        if ((registers.read32(TFD) & (AtaCommand.STATUS_BSY | AtaCommand.STATUS_DRQ)) == 0) {
            begin();
        } else {
            resetLink();
        }
    }

    /** Resets the link, and the disk with it: no command is under way any more (10.4.2). */
    void reset() throws IOException, InterruptedException {
        stopList();
        resetLink();
    }

    private void stopList() throws IOException, InterruptedException {
        clear(CMD, CMD_ST);
        await("the list of commands", STOP, CMD, CMD_CR, 0);
    }

    private void resetLink() throws IOException, InterruptedException {
        int control = registers.read32(SCTL) & ~DET;
        registers.write32(SCTL, control | DET_RESET);
        access.sleep(RESET);
        registers.write32(SCTL, control);
        awaitLink();
        begin();
    }

    /** It works no more. */
    void stop() {
        registers.write32(IE, 0);
        clear(CMD, CMD_ST);
    }

    private void await(String what, int millis, int register, int mask, int wanted)
            throws IOException, InterruptedException {
        for (int waited = 0; (registers.read32(register) & mask) != wanted; waited++) {
            if (waited >= millis) {
                throw new IOException(name() + ": waited " + millis + " ms for " + what);
            }
            access.sleep(1);
        }
    }

    /** What has come since this was called last, which is taken back. */
    int takeCauses() {
        int causes = registers.read32(IS);
        registers.write32(IS, causes);
        return causes;
    }

    static boolean isError(int causes) {
        return (causes & IS_ERRORS) != 0;
    }

    static boolean isLinkChange(int causes) {
        return (causes & IS_LINK) != 0;
    }

    /** Gives a slot's command to the port. */
    void issue(int slot, boolean isQueued) {
        if (isQueued) {
            registers.write32(SACT, 1 << slot);
        }
        registers.write32(CI, 1 << slot);
    }

    /** Slots whose commands are not done, a bit each. */
    int busySlots() {
        return registers.read32(SACT) | registers.read32(CI);
    }

    /** What the disk says of its last command: errors above, status below (3.3.8). */
    int taskFile() {
        return registers.read32(TFD);
    }
}
