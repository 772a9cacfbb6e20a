package dev.cortado.drivers.tulip;

import dev.cortado.drivers.network.MacAddress;
import dev.cortado.drivers.register.Registers;

/**
 * The serial ROM, a Microwire part of 64 or 256 words, bit by bit (HRM, 7.3), as Digital's Serial
 * ROM Format 4.05 lays it out.
 */
final class TulipSrom {
    /** Bits of an address. */
    private static final int SMALL = 6;

    private static final int LARGE = 8;

    /** A start bit and the instruction Read. */
    private static final int READ = 0b110;

    private static final int READ_BITS = 3;

    /** Where the format's version is, and the address, of which the oldest format has no more. */
    private static final int VERSION = 18;

    private static final int ADDRESS = 20;
    private static final int LEGACY_ADDRESS = 0;
    private static final int MOST_VERSION = 4;

    private final Registers registers;

    TulipSrom(Registers registers) {
        this.registers = registers;
    }

    /** The card's address; 0 if there is none. */
    long macAddress() {
        long address = macAddress(SMALL);
        return MacAddress.isStation(address) ? address : macAddress(LARGE);
    }

    private long macAddress(int addressBits) {
        int version = read(VERSION / 2, addressBits) & 0xff;
        int at = version >= 1 && version <= MOST_VERSION ? ADDRESS : LEGACY_ADDRESS;
        long address = 0;
        for (int i = 0; i < MacAddress.BYTES / 2; i++) {
            int word = read(at / 2 + i, addressBits);
            if (word < 0) {
                return 0;
            }
            address = address << Short.SIZE | (word & 0xff) << Byte.SIZE | word >>> Byte.SIZE;
        }
        return address;
    }

    /** -1 if addresses have another number of bits: a 0 comes behind the last one. */
    private int read(int word, int addressBits) {
        int chosen = TulipRegisters.CSR9_SR | TulipRegisters.CSR9_RD;
        registers.write32(TulipRegisters.CSR9, chosen);
        chosen |= TulipRegisters.CSR9_SR_CS;
        registers.write32(TulipRegisters.CSR9, chosen);
        send(chosen, READ, READ_BITS);
        send(chosen, word, addressBits);
        int value = isSet() ? -1 : 0;
        for (int i = 0; i < Short.SIZE && value >= 0; i++) {
            clock(chosen);
            value = value << 1 | (isSet() ? 1 : 0);
        }
        registers.write32(TulipRegisters.CSR9, TulipRegisters.CSR9_SR | TulipRegisters.CSR9_RD);
        registers.write32(TulipRegisters.CSR9, 0);
        return value;
    }

    private boolean isSet() {
        return (registers.read32(TulipRegisters.CSR9) & TulipRegisters.CSR9_SR_DO) != 0;
    }

    /** The highest bit first. */
    private void send(int chosen, int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            clock(chosen | ((value >>> i & 1) != 0 ? TulipRegisters.CSR9_SR_DI : 0));
        }
    }

    /** The part takes a bit, or gives its next one, at the rising edge. Each access takes time. */
    private void clock(int bits) {
        registers.write32(TulipRegisters.CSR9, bits);
        registers.read32(TulipRegisters.CSR9);
        registers.write32(TulipRegisters.CSR9, bits | TulipRegisters.CSR9_SR_SK);
        registers.read32(TulipRegisters.CSR9);
    }
}
