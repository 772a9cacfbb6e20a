package dev.cortado.drivers.tulip;

/** A PHY at address 1 of MII's management (IEEE 802.3, 22.2.4). */
final class Phy {
    private static final int ADDRESS = 1;

    private int ability = 0x01e1;
    private int partnerAbility = 0x45e1;
    private boolean linkUp = true;

    /** A link that was gone is told of once, whatever it is now. */
    private boolean wasDown;

    private boolean clock;
    private int ones;
    private int header;

    /** Bits behind the preamble; negative before. */
    private int count = -1;

    private int data;
    private boolean out;

    void setLink(boolean up) {
        linkUp = up;
        wasDown |= !up;
    }

    void setAbilities(int own, int partners) {
        ability = own;
        partnerAbility = partners;
    }

    /** What it drives behind the last rising edge. */
    boolean isOut() {
        return out;
    }

    void drive(boolean newClock, boolean in) {
        boolean isRising = newClock && !clock;
        clock = newClock;
        if (isRising) {
            edge(in);
        }
    }

    private void edge(boolean in) {
        if (count < 0) {
            ones = in ? ones + 1 : 0;
            // A start is 01.
            if (!in && ones == 0 && header == 32) {
                count = 1;
                header = 0;
            } else {
                header = ones >= 32 ? 32 : 0;
            }
            return;
        }
        count++;
        if (count <= 14) {
            header = header << 1 | (in ? 1 : 0);
            if (count == 14) {
                boolean isRead = header >>> 10 == 0b0110 && (header >>> 5 & 31) == ADDRESS;
                data = isRead ? read(header & 31) : 0xffff;
                out = true;
            }
        } else if (count == 15) {
            out = data == 0xffff;
        } else if (count <= 31) {
            out = (data & 1 << 31 - count) != 0;
        } else {
            count = -1;
            ones = 0;
            header = 0;
            out = true;
        }
    }

    private int read(int register) {
        return switch (register) {
            case 1 -> {
                int status = 0x7829 | (linkUp && !wasDown ? 4 : 0);
                wasDown = !linkUp;
                yield status;
            }
            case 4 -> ability;
            case 5 -> partnerAbility;
            default -> 0;
        };
    }
}
