package dev.cortado.drivers.ata.ide;

import dev.cortado.drivers.ata.AtaCommand;
import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;

/**
 * A channel's registers (ATA/ATAPI-7 volume 2, 5), by which one of its two drives gets a command.
 */
final class TaskFile {
    static final int DRIVES = 2;

    private static final int DATA = 0;
    private static final int ERROR = 1;
    private static final int FEATURES = 1;
    private static final int COUNT = 2;
    private static final int LBA_LOW = 3;
    private static final int LBA_MID = 4;
    private static final int LBA_HIGH = 5;
    private static final int DEVICE = 6;
    private static final int STATUS = 7;
    private static final int COMMAND = 7;
    static final int PORTS = 8;

    /** Of {@link #DEVICE}: bits that drives of old want, and which drive. */
    private static final int DEVICE_OLD = 0xa0;

    private static final int DEVICE_SHIFT = 4;

    /** The register for control, which reads as the status and takes no interrupt back. */
    private static final int CONTROL = 0;

    private static final int CONTROL_NO_INTERRUPTS = 1 << 1;
    private static final int CONTROL_RESET = 1 << 2;

    /** Reads of the status take as long as a drive may need to show it (400 ns). */
    private static final int SETTLING_READS = 5;

    /** What a drive that takes packets leaves in its registers. */
    private static final int PACKETS_MID = 0x14;

    private static final int PACKETS_HIGH = 0xeb;

    /** Nobody drives the bus. */
    private static final int NOBODY = 0xff;

    /** Milliseconds: a drive's for a command that it has taken, and for its start. */
    private static final int READY = 1000;

    private static final int RESET = 10_000;

    private final PciAccess access;
    private final Registers command;
    private final Registers control;

    /**
     * @param command {@link #PORTS}
     * @param control one
     */
    TaskFile(PciAccess access, Registers command, Registers control) {
        this.access = access;
        this.command = command;
        this.control = control;
    }

    /**
     * Both drives begin anew, and do not interrupt.
     *
     * @throws IOException they do not end with that
     */
    void reset() throws IOException, InterruptedException {
        control.write8(CONTROL, CONTROL_RESET | CONTROL_NO_INTERRUPTS);
        access.sleep(1);
        control.write8(CONTROL, CONTROL_NO_INTERRUPTS);
        access.sleep(2); // 9.2, before the status says anything
        for (int waited = 0; isBusy(); waited++) {
            if (waited >= RESET) {
                throw new IOException(access.name() + ": its drives do not reset themselves");
            }
            access.sleep(1);
        }
    }

    void enableInterrupts() {
        control.write8(CONTROL, 0);
    }

    private boolean isBusy() {
        int status = status();
        return status != NOBODY && (status & AtaCommand.STATUS_BSY) != 0;
    }

    /** Without taking an interrupt back. */
    int status() {
        return control.read8(CONTROL);
    }

    /** Taking its interrupt back. */
    int takeStatus() {
        return command.read8(STATUS);
    }

    int error() {
        return command.read8(ERROR);
    }

    private void settle() {
        for (int i = 0; i < SETTLING_READS; i++) {
            control.read8(CONTROL);
        }
    }

    /** The drive that commands are for; false if it is not ready for one. */
    private boolean select(int drive, int bits) throws InterruptedException {
        command.write8(DEVICE, DEVICE_OLD | drive << DEVICE_SHIFT | bits);
        settle();
        for (int waited = 0; waited < READY; waited++) {
            int status = status();
            if (status == NOBODY) {
                return false;
            }
            if ((status & (AtaCommand.STATUS_BSY | AtaCommand.STATUS_DRQ)) == 0) {
                return true;
            }
            access.sleep(1);
        }
        return false;
    }

    /**
     * Gives a drive a command.
     *
     * @throws IOException it does not take one
     */
    void issue(int drive, AtaCommand what) throws IOException, InterruptedException {
        long block = what.block();
        int device = AtaCommand.DEVICE_LBA | (what.isLong() ? 0 : (int) (block >>> 24) & 0xf);
        if (!select(drive, device)) {
            throw new IOException("drive " + drive + " takes no command");
        }
        if (what.isLong()) { // the older halves come first
            command.write8(FEATURES, 0);
            command.write8(COUNT, what.blocks() >>> 8 & 0xff);
            command.write8(LBA_LOW, (int) (block >>> 24) & 0xff);
            command.write8(LBA_MID, (int) (block >>> 32) & 0xff);
            command.write8(LBA_HIGH, (int) (block >>> 40) & 0xff);
        }
        command.write8(FEATURES, what.features());
        command.write8(COUNT, what.blocks() & 0xff);
        command.write8(LBA_LOW, (int) block & 0xff);
        command.write8(LBA_MID, (int) (block >>> 8) & 0xff);
        command.write8(LBA_HIGH, (int) (block >>> 16) & 0xff);
        command.write8(COMMAND, what.code());
    }

    /**
     * Gives a drive that has got {@link AtaCommand#PACKET} the packet; nothing if it does not want
     * one, which its status then says.
     *
     * @throws IOException it says neither
     */
    void send(int drive, byte[] packet) throws IOException, InterruptedException {
        settle();
        for (int waited = 0; isBusy(); waited++) {
            if (waited >= READY) {
                throw new IOException("drive " + drive + " takes no packet");
            }
            access.sleep(1);
        }
        if ((status() & AtaCommand.STATUS_DRQ) != 0) {
            for (int i = 0; i < packet.length; i += Short.BYTES) {
                int upper = packet[i + 1] & 0xff;
                command.write16(DATA, upper << Byte.SIZE | packet[i] & 0xff);
            }
        }
    }

    /** Whether a drive that is no disk takes packets: so it says when it is asked (9.12). */
    boolean takesPackets() {
        return command.read8(LBA_MID) == PACKETS_MID && command.read8(LBA_HIGH) == PACKETS_HIGH;
    }

    /**
     * Reads a drive's identity, without interrupts or DMA; empty if there is no such drive.
     *
     * @param code the command for it
     * @return of {@link dev.cortado.drivers.ata.AtaIdentity}
     */
    byte[] identify(int drive, int code, int bytes) throws InterruptedException {
        byte[] none = {};
        AtaCommand identify = new AtaCommand(code, 0, 0, 0, 0, false);
        try {
            issue(drive, identify);
        } catch (IOException e) {
            return none;
        }
        settle(); // before the status is that of the command
        for (int waited = 0; waited < READY && isBusy(); waited++) {
            access.sleep(1);
        }
        int status = takeStatus();
        boolean isDone = (status & (AtaCommand.STATUS_BSY | AtaCommand.STATUS_ERR)) == 0;
        if (!isDone || (status & AtaCommand.STATUS_DRQ) == 0) {
            return none;
        }
        byte[] identity = new byte[bytes];
        for (int i = 0; i < bytes; i += Short.BYTES) {
            int word = command.read16(DATA);
            identity[i] = (byte) word;
            identity[i + 1] = (byte) (word >>> Byte.SIZE);
        }
        return identity;
    }
}
