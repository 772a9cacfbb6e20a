package dev.cortado.drivers.tulip;

import dev.cortado.drivers.register.Registers;
import java.util.OptionalInt;

/** The PHY on the controller's MII, whose registers come bit by bit (IEEE 802.3, 22.2.4). */
final class TulipPhy {
    private static final int ADDRESSES = 32;

    /** Before an address: a preamble of ones, a start and the operation Read (22.2.4.5). */
    private static final int PREAMBLE_BITS = 32;

    private static final int READ = 0b0110;
    private static final int READ_BITS = 4;
    private static final int ADDRESS_BITS = 5;
    private static final int TURNAROUND_BITS = 2;
    private static final int DATA_BITS = 16;

    private static final int STATUS = 1;
    private static final int STATUS_LINK = 1 << 2;
    private static final int ABILITY = 4;
    private static final int PARTNER_ABILITY = 5;

    /** Of both abilities (28.2.1.2, annex 28B.2), the best first. */
    private static final int FULL_100 = 1 << 8;

    private static final int HALF_100 = 1 << 7;
    private static final int FULL_10 = 1 << 6;

    private final Registers registers;
    private final int address;

    private TulipPhy(Registers registers, int address) {
        this.registers = registers;
        this.address = address;
    }

    /** The first one that answers, address 0 last: to that one all may answer. */
    static TulipPhy find(Registers registers) {
        OptionalInt found = OptionalInt.empty();
        for (int i = 1; i <= ADDRESSES && found.isEmpty(); i++) {
            int status = new TulipPhy(registers, i % ADDRESSES).read(STATUS);
            found = status == 0 || status == 0xffff ? found : OptionalInt.of(i % ADDRESSES);
        }
        return found.isPresent() ? new TulipPhy(registers, found.getAsInt()) : null;
    }

    /** Whether there is a link now: the first answer may be of a while ago (22.2.4.2.13). */
    boolean isLinkUp() {
        read(STATUS);
        int status = read(STATUS);
        return status != 0xffff && (status & STATUS_LINK) != 0;
    }

    /** What the controller is to do at the speed and duplex that both ends can: bits of CSR6. */
    int mode() {
        int both = read(ABILITY) & read(PARTNER_ABILITY);
        if ((both & FULL_100) != 0) {
            return TulipRegisters.CSR6_FD;
        }
        if ((both & HALF_100) != 0) {
            return 0;
        }
        return TulipRegisters.CSR6_TTM | ((both & FULL_10) != 0 ? TulipRegisters.CSR6_FD : 0);
    }

    private int read(int register) {
        send(-1, PREAMBLE_BITS);
        send(READ, READ_BITS);
        send(address, ADDRESS_BITS);
        send(register, ADDRESS_BITS);
        int value = 0;
        for (int i = 0; i < TURNAROUND_BITS + DATA_BITS; i++) {
            registers.write32(TulipRegisters.CSR9, TulipRegisters.CSR9_MII);
            int bits = registers.read32(TulipRegisters.CSR9);
            value = value << 1 | ((bits & TulipRegisters.CSR9_MDI) != 0 ? 1 : 0);
            clock(TulipRegisters.CSR9_MII);
        }
        registers.write32(TulipRegisters.CSR9, TulipRegisters.CSR9_MII);
        return value & 0xffff;
    }

    /** The highest bit first. */
    private void send(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            int bit = (value >>> i & 1) != 0 ? TulipRegisters.CSR9_MDO : 0;
            registers.write32(TulipRegisters.CSR9, bit);
            registers.read32(TulipRegisters.CSR9); // each access takes time
            clock(bit);
        }
    }

    private void clock(int bits) {
        registers.write32(TulipRegisters.CSR9, bits | TulipRegisters.CSR9_MDC);
        registers.read32(TulipRegisters.CSR9);
    }
}
