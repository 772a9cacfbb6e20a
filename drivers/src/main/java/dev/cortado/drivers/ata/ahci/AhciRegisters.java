package dev.cortado.drivers.ata.ahci;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A controller's registers that are not a port's (3.1), and its reset (10.4.3). */
final class AhciRegisters {
    /** The base address that has them (2.1.11). */
    private static final int BASE = 5;

    private static final int CAP = 0x00;
    private static final int GHC = 0x04;
    private static final int IS = 0x08;
    private static final int PI = 0x0c;
    private static final int CAP2 = 0x24;
    private static final int BOHC = 0x28;
    private static final int PORTS = 0x100;

    private static final int CAP_NCS_SHIFT = 8;
    private static final int CAP_NCS = 0x1f;
    private static final int CAP_SNCQ = 1 << 30;
    private static final int CAP_S64A = 1 << 31;

    private static final int GHC_HR = 1;
    private static final int GHC_IE = 1 << 1;
    private static final int GHC_AE = 1 << 31;

    private static final int CAP2_BOH = 1;
    private static final int BOHC_BOS = 1;
    private static final int BOHC_OOS = 1 << 1;
    private static final int BOHC_BB = 1 << 4;

    /** Milliseconds: of a reset, and of a firmware that is to let go (10.6.3). */
    private static final int RESET = 1000;

    private static final int HANDOFF = 25;
    private static final int BUSY_HANDOFF = 2000;

    private final PciAccess access;
    private final Registers registers;

    AhciRegisters(PciAccess access) throws IOException {
        this.access = access;
        registers = access.registers(BASE);
        if (registers.bytes() < PORTS + PortRegisters.BYTES) {
            throw new IOException(access.name() + ": " + registers.bytes() + " bytes of registers");
        }
    }

    /** The firmware lets go of the controller, and it is reset. */
    void reset() throws IOException, InterruptedException {
        if ((registers.read32(CAP2) & CAP2_BOH) != 0) {
            takeFromFirmware();
        }
        registers.write32(GHC, GHC_AE);
        registers.write32(GHC, GHC_AE | GHC_HR);
        for (int waited = 0; (registers.read32(GHC) & GHC_HR) != 0; waited++) {
            if (waited >= RESET) {
                throw new IOException(access.name() + ": it does not reset itself");
            }
            access.sleep(1);
        }
        registers.write32(GHC, GHC_AE);
    }

    /** One that does not, is not asked again. */
    private void takeFromFirmware() throws InterruptedException {
        registers.write32(BOHC, registers.read32(BOHC) | BOHC_OOS);
        for (int waited = 0; waited < BUSY_HANDOFF; waited++) {
            int state = registers.read32(BOHC);
            boolean isBusy = waited < HANDOFF || (state & BOHC_BB) != 0;
            if ((state & BOHC_BOS) == 0 || !isBusy) {
                return;
            }
            access.sleep(1);
        }
    }

    void enableInterrupts() {
        registers.write32(IS, -1);
        registers.write32(GHC, GHC_AE | GHC_IE);
    }

    /** Ports that have said something, a bit each. */
    int pendingPorts() {
        return registers.read32(IS);
    }

    /** After what they have said was taken back. */
    void acknowledge(int ports) {
        registers.write32(IS, ports);
    }

    int slots() {
        return (registers.read32(CAP) >>> CAP_NCS_SHIFT & CAP_NCS) + 1;
    }

    boolean queues() {
        return (registers.read32(CAP) & CAP_SNCQ) != 0;
    }

    /** All addresses that it sees are below. */
    long addressLimit() {
        return (registers.read32(CAP) & CAP_S64A) != 0 ? Long.MAX_VALUE : 1L << Integer.SIZE;
    }

    /** Those that are there, and have registers. */
    List<PortRegisters> ports() {
        List<PortRegisters> ports = new ArrayList<>();
        int implemented = registers.read32(PI);
        long room = (registers.bytes() - PORTS) / PortRegisters.BYTES;
        for (int i = 0; i < Math.min(room, Integer.SIZE); i++) {
            if ((implemented & 1 << i) != 0) {
                ports.add(new PortRegisters(access, registers, i));
            }
        }
        return ports;
    }
}
