package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/**
 * Neighbour discovery's messages (RFC 4861, 4) and their options (4.6). A message begins with the 8
 * bytes of {@link IcmpMessage}.
 */
public final class NeighbourMessage {
    public static final int ROUTER_SOLICITATION_BYTES = 8;
    public static final int ROUTER_ADVERTISEMENT_BYTES = 16;

    /** Of a solicitation and of an advertisement. */
    public static final int NEIGHBOUR_BYTES = 24;

    /** An option with an Ethernet address. */
    public static final int LINK_ADDRESS_BYTES = 8;

    public static final int PREFIX_BYTES = 32;

    public static final int OPTION_SOURCE_LINK_ADDRESS = 1;
    public static final int OPTION_TARGET_LINK_ADDRESS = 2;
    public static final int OPTION_PREFIX = 3;
    public static final int OPTION_MTU = 5;

    /** RFC 8106, 5.1. */
    public static final int OPTION_DNS_SERVERS = 25;

    /** Flags of an advertisement. */
    public static final int ROUTER = 0x8000_0000;

    public static final int SOLICITED = 0x4000_0000;
    public static final int OVERRIDE = 0x2000_0000;

    /** Flags of a router: there are servers with addresses, or with all else. */
    public static final int MANAGED = 0x80;

    public static final int OTHER_CONFIGURATION = 0x40;

    /** Flags of a prefix. */
    public static final int ON_LINK = 0x80;

    public static final int AUTONOMOUS = 0x40;

    private static final int TARGET = 8;

    private NeighbourMessage() {}

    /** The target of a solicitation, an advertisement or a redirect. */
    public static long targetHigh(ByteBuffer bytes, int at) {
        return bytes.getLong(at + TARGET);
    }

    public static long targetLow(ByteBuffer bytes, int at) {
        return bytes.getLong(at + TARGET + 8);
    }

    public static void setTarget(ByteBuffer bytes, int at, long high, long low) {
        bytes.putLong(at + TARGET, high);
        bytes.putLong(at + TARGET + 8, low);
    }

    /** Of a router advertisement: {@link #MANAGED}, {@link #OTHER_CONFIGURATION}. */
    public static int routerFlags(ByteBuffer bytes, int at) {
        return bytes.get(at + 5) & 0xff;
    }

    /** In seconds; 0: not a default router. */
    public static int routerLifetime(ByteBuffer bytes, int at) {
        return bytes.getShort(at + 6) & 0xffff;
    }

    /**
     * Whether the options from {@code at} on fill so many bytes, each of them longer than nothing.
     */
    public static boolean checkOptions(ByteBuffer bytes, int at, int length) {
        int offset = 0;
        while (offset < length) {
            int option = length - offset < 8 ? 0 : optionLength(bytes, at + offset);
            if (option == 0 || option > length - offset) {
                return false;
            }
            offset += option;
        }
        return true;
    }

    /**
     * The first option of a kind that has at least so many bytes.
     *
     * @param at where options begin that {@link #checkOptions} has seen
     * @return its offset in the memory, or -1
     */
    public static int option(ByteBuffer bytes, int at, int length, int kind, int minimum) {
        for (int option = at; option < at + length; option += optionLength(bytes, option)) {
            if (optionKind(bytes, option) == kind && optionLength(bytes, option) >= minimum) {
                return option;
            }
        }
        return -1;
    }

    public static int optionKind(ByteBuffer bytes, int option) {
        return bytes.get(option) & 0xff;
    }

    /** In bytes. */
    public static int optionLength(ByteBuffer bytes, int option) {
        return (bytes.get(option + 1) & 0xff) * 8;
    }

    public static long linkAddress(ByteBuffer bytes, int option) {
        return EthernetFrame.address(bytes, option + 2);
    }

    public static void writeLinkAddress(ByteBuffer bytes, int option, int kind, long address) {
        bytes.put(option, (byte) kind);
        bytes.put(option + 1, (byte) 1);
        EthernetFrame.setAddress(bytes, option + 2, address);
    }

    public static int prefixLength(ByteBuffer bytes, int option) {
        return bytes.get(option + 2) & 0xff;
    }

    public static int prefixFlags(ByteBuffer bytes, int option) {
        return bytes.get(option + 3) & 0xff;
    }

    /** In seconds; all ones is for ever. */
    public static long validLifetime(ByteBuffer bytes, int option) {
        return bytes.getInt(option + 4) & 0xffff_ffffL;
    }

    public static long preferredLifetime(ByteBuffer bytes, int option) {
        return bytes.getInt(option + 8) & 0xffff_ffffL;
    }

    public static long prefixHigh(ByteBuffer bytes, int option) {
        return bytes.getLong(option + 16);
    }

    public static long prefixLow(ByteBuffer bytes, int option) {
        return bytes.getLong(option + 24);
    }

    public static int mtu(ByteBuffer bytes, int option) {
        return bytes.getInt(option + 4);
    }
}
