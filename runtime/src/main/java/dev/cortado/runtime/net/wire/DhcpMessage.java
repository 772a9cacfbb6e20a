package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** A DHCP message (RFC 2131, 2) over Ethernet, and its options (RFC 2132). */
public final class DhcpMessage {
    public static final int SERVER_PORT = 67;
    public static final int CLIENT_PORT = 68;

    /** Of the fields and of the cookie before the options. */
    public static final int HEADER_BYTES = 240;

    /** What old relays want at least (RFC 1542, 2.1). */
    public static final int MINIMUM_BYTES = 300;

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    /** Types of messages (RFC 2132, 9.6). */
    public static final int DISCOVER = 1;

    public static final int OFFER = 2;
    public static final int REQUEST_ADDRESS = 3;
    public static final int DECLINE = 4;
    public static final int ACKNOWLEDGE = 5;
    public static final int REFUSE = 6;
    public static final int RELEASE = 7;

    /** Options. */
    public static final int SUBNET_MASK = 1;

    public static final int ROUTER = 3;
    public static final int NAME_SERVER = 6;
    public static final int HOST_NAME = 12;
    public static final int DOMAIN_NAME = 15;
    public static final int INTERFACE_MTU = 26;
    public static final int REQUESTED_ADDRESS = 50;
    public static final int LEASE_TIME = 51;
    public static final int MESSAGE_TYPE = 53;
    public static final int SERVER_IDENTIFIER = 54;
    public static final int PARAMETER_LIST = 55;
    public static final int MAXIMUM_SIZE = 57;
    public static final int RENEWAL_TIME = 58;
    public static final int REBINDING_TIME = 59;
    public static final int CLIENT_IDENTIFIER = 61;

    /** The answer is to be sent to everybody: nobody here has an address yet (RFC 2131, 2). */
    public static final int BROADCAST = 0x8000;

    private static final int OPERATION = 0;
    private static final int HARDWARE_TYPE = 1;
    private static final int HARDWARE_LENGTH = 2;
    private static final int TRANSACTION = 4;
    private static final int SECONDS = 8;
    private static final int FLAGS = 10;
    private static final int CLIENT_ADDRESS = 12;
    private static final int YOUR_ADDRESS = 16;
    private static final int CLIENT_HARDWARE = 28;
    private static final int SERVER_NAME = 44;
    private static final int FILE = 108;
    private static final int COOKIE = 236;

    private static final int MAGIC = 0x63825363;
    private static final int ETHERNET = 1;

    private static final int PAD = 0;
    private static final int END = 255;
    private static final int OVERLOAD = 52;

    private DhcpMessage() {}

    /** Whether so many bytes are a message over Ethernet whose options end within it. */
    public static boolean check(ByteBuffer bytes, int at, int length) {
        return length >= HEADER_BYTES
                && bytes.get(at + HARDWARE_TYPE) == ETHERNET
                && bytes.get(at + HARDWARE_LENGTH) == 6
                && bytes.getInt(at + COOKIE) == MAGIC
                && checkOptions(bytes, at + HEADER_BYTES, at + length);
    }

    private static boolean checkOptions(ByteBuffer bytes, int from, int end) {
        int option = from;
        while (option < end) {
            int code = bytes.get(option) & 0xff;
            if (code == END) {
                return true;
            }
            if (code == PAD) {
                option++;
                continue;
            }
            if (option + 2 > end || option + 2 + length(bytes, option) > end) {
                return false;
            }
            option += 2 + length(bytes, option);
        }
        return true;
    }

    /** {@link #REQUEST} or {@link #REPLY}. */
    public static int operation(ByteBuffer bytes, int at) {
        return bytes.get(at + OPERATION) & 0xff;
    }

    public static int transaction(ByteBuffer bytes, int at) {
        return bytes.getInt(at + TRANSACTION);
    }

    public static int flags(ByteBuffer bytes, int at) {
        return bytes.getShort(at + FLAGS) & 0xffff;
    }

    public static int clientAddress(ByteBuffer bytes, int at) {
        return bytes.getInt(at + CLIENT_ADDRESS);
    }

    public static int yourAddress(ByteBuffer bytes, int at) {
        return bytes.getInt(at + YOUR_ADDRESS);
    }

    public static long clientHardware(ByteBuffer bytes, int at) {
        return EthernetFrame.address(bytes, at + CLIENT_HARDWARE);
    }

    /**
     * The first option of a kind, looked for where the message says (9.3): behind the cookie, then
     * in the fields for a file and for a server's name.
     *
     * @return the offset of its code, or -1; what it has is {@link #length} bytes from 2 on
     */
    public static int option(ByteBuffer bytes, int at, int length, int code) {
        int found = find(bytes, at + HEADER_BYTES, at + length, code);
        int overload = found >= 0 ? -1 : find(bytes, at + HEADER_BYTES, at + length, OVERLOAD);
        if (overload >= 0 && length(bytes, overload) == 1) {
            int where = bytes.get(overload + 2);
            if ((where & 1) != 0) {
                found = find(bytes, at + FILE, at + COOKIE, code);
            }
            if (found < 0 && (where & 2) != 0) {
                found = find(bytes, at + SERVER_NAME, at + FILE, code);
            }
        }
        return found;
    }

    private static int find(ByteBuffer bytes, int from, int end, int code) {
        int option = from;
        while (option + 2 <= end) {
            int found = bytes.get(option) & 0xff;
            if (found == PAD) {
                option++;
                continue;
            }
            if (found == END || option + 2 + length(bytes, option) > end) {
                return -1;
            }
            if (found == code) {
                return option;
            }
            option += 2 + length(bytes, option);
        }
        return -1;
    }

    /** Bytes that an option has, behind its code and its length. */
    public static int length(ByteBuffer bytes, int option) {
        return bytes.get(option + 1) & 0xff;
    }

    /**
     * The number in an option of four bytes, or the first address of a list of them.
     *
     * @return what is given if there is no such option, or none of that length
     */
    public static int number(ByteBuffer bytes, int at, int length, int code, int otherwise) {
        int option = option(bytes, at, length, code);
        return option < 0 || length(bytes, option) < 4 ? otherwise : bytes.getInt(option + 2);
    }

    /** The type of a message, or 0 if it does not say. */
    public static int messageType(ByteBuffer bytes, int at, int length) {
        int option = option(bytes, at, length, MESSAGE_TYPE);
        return option < 0 || length(bytes, option) != 1 ? 0 : bytes.get(option + 2) & 0xff;
    }

    /**
     * Writes a client's message up to its options.
     *
     * @param clientAddress the one that it has, or 0
     */
    public static void write(
            ByteBuffer bytes,
            int at,
            int transaction,
            int seconds,
            int flags,
            int clientAddress,
            long clientHardware) {
        for (int i = 0; i < HEADER_BYTES; i += 4) {
            bytes.putInt(at + i, 0);
        }
        bytes.put(at + OPERATION, (byte) REQUEST);
        bytes.put(at + HARDWARE_TYPE, (byte) ETHERNET);
        bytes.put(at + HARDWARE_LENGTH, (byte) 6);
        bytes.putInt(at + TRANSACTION, transaction);
        bytes.putShort(at + SECONDS, (short) seconds);
        bytes.putShort(at + FLAGS, (short) flags);
        bytes.putInt(at + CLIENT_ADDRESS, clientAddress);
        EthernetFrame.setAddress(bytes, at + CLIENT_HARDWARE, clientHardware);
        bytes.putInt(at + COOKIE, MAGIC);
    }

    /** Writes an option of one byte, and says where the next one goes, as all that follow do. */
    public static int writeByte(ByteBuffer bytes, int option, int code, int value) {
        bytes.put(option, (byte) code);
        bytes.put(option + 1, (byte) 1);
        bytes.put(option + 2, (byte) value);
        return option + 3;
    }

    public static int writeShort(ByteBuffer bytes, int option, int code, int value) {
        bytes.put(option, (byte) code);
        bytes.put(option + 1, (byte) 2);
        bytes.putShort(option + 2, (short) value);
        return option + 4;
    }

    public static int writeNumber(ByteBuffer bytes, int option, int code, int value) {
        bytes.put(option, (byte) code);
        bytes.put(option + 1, (byte) 4);
        bytes.putInt(option + 2, value);
        return option + 6;
    }

    public static int writeBytes(ByteBuffer bytes, int option, int code, byte[] value) {
        bytes.put(option, (byte) code);
        bytes.put(option + 1, (byte) value.length);
        bytes.put(option + 2, value);
        return option + 2 + value.length;
    }

    /** Ends the options, and fills up to the least length; says where the message ends. */
    public static int writeEnd(ByteBuffer bytes, int at, int option) {
        bytes.put(option, (byte) END);
        int end = option + 1;
        while (end < at + MINIMUM_BYTES) {
            bytes.put(end, (byte) PAD);
            end++;
        }
        return end;
    }
}
