package dev.cortado.drivers.tulip;

/** A Microwire part such as 93C46 and 93C66: one bit at each rising edge of its clock. */
final class SerialRom {
    private final int[] words;
    private final int addressBits;
    private boolean isSelected;
    private boolean clock;

    /** Bits that came since the start bit, the last one the lowest. */
    private int command;

    private int count = -1;
    private int data;
    private boolean out = true;

    SerialRom(int addressBits) {
        this.addressBits = addressBits;
        words = new int[1 << addressBits];
    }

    /** One with the address 52:54:00:12:34:56, in a format. */
    static SerialRom of(int addressBits, int version) {
        SerialRom rom = new SerialRom(addressBits);
        rom.words[9] = 0x0100 | version;
        int at = version == 0 ? 0 : 10;
        rom.words[at] = 0x5452;
        rom.words[at + 1] = 0x1200;
        rom.words[at + 2] = 0x5634;
        return rom;
    }

    /** Nothing drives what it says while it is not selected: that is a 1. */
    boolean isOut() {
        return out;
    }

    void drive(boolean select, boolean newClock, boolean in) {
        boolean isRising = newClock && !clock;
        clock = newClock;
        if (!select) {
            count = -1;
            command = 0;
            out = true;
        }
        isSelected = select;
        if (isSelected && isRising) {
            edge(in);
        }
    }

    private void edge(boolean in) {
        int bits = 2 + addressBits;
        if (count < 0) {
            count = in ? 0 : -1;
        } else if (count < bits) {
            command = command << 1 | (in ? 1 : 0);
            if (++count == bits && command >>> addressBits == 2) {
                data = words[command & words.length - 1];
                out = false;
            }
        } else {
            out = (data & 0x8000) != 0;
            data <<= 1;
        }
    }
}
