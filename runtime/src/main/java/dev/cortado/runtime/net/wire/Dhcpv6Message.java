package dev.cortado.runtime.net.wire;

import dev.cortado.runtime.net.address.IpAddress;
import java.nio.ByteBuffer;

/**
 * DHCPv6's messages between clients and servers (RFC 8415, 8) and their options (21). An option is
 * named by the offset of its code in the memory.
 */
public final class Dhcpv6Message {
    public static final int CLIENT_PORT = 546;
    public static final int SERVER_PORT = 547;

    /** ff02::1:2, All_DHCP_Relay_Agents_and_Servers (7.1). */
    public static final IpAddress SERVERS = new IpAddress(0xff02_0000_0000_0000L, 0x1_0002);

    /** Of a message, before its options. */
    public static final int HEADER_BYTES = 4;

    /** Of an option, before its contents. */
    public static final int OPTION_BYTES = 4;

    /** Of contents that begin so: an identity association's options follow, an address's too. */
    public static final int ASSOCIATION_BYTES = 12;

    public static final int ADDRESS_BYTES = 24;

    /** Types of messages (7.3). */
    public static final int SOLICIT = 1;

    public static final int ADVERTISE = 2;
    public static final int REQUEST = 3;
    public static final int CONFIRM = 4;
    public static final int RENEW = 5;
    public static final int REBIND = 6;
    public static final int REPLY = 7;
    public static final int RELEASE = 8;
    public static final int DECLINE = 9;
    public static final int INFORMATION_REQUEST = 11;

    /** Codes of options (21; RFC 3646, 3 and 4). */
    public static final int CLIENT_IDENTIFIER = 1;

    public static final int SERVER_IDENTIFIER = 2;
    public static final int ASSOCIATION = 3;
    public static final int ADDRESS = 5;
    public static final int OPTION_REQUEST = 6;
    public static final int PREFERENCE = 7;
    public static final int ELAPSED_TIME = 8;
    public static final int STATUS_CODE = 13;
    public static final int RAPID_COMMIT = 14;
    public static final int NAME_SERVERS = 23;
    public static final int DOMAIN_LIST = 24;
    public static final int INFORMATION_REFRESH_TIME = 32;
    public static final int SOLICIT_MAXIMUM = 82;
    public static final int INFORMATION_MAXIMUM = 83;

    /** Status codes (21.13). */
    public static final int SUCCESS = 0;

    public static final int UNSPECIFIED_FAILURE = 1;
    public static final int NO_ADDRESSES = 2;
    public static final int NO_BINDING = 3;
    public static final int NOT_ON_LINK = 4;
    public static final int USE_MULTICAST = 5;

    private Dhcpv6Message() {}

    /** Whether so many bytes are a message whose options fill it. */
    public static boolean check(ByteBuffer bytes, int at, int length) {
        return length >= HEADER_BYTES
                && checkOptions(bytes, at + HEADER_BYTES, length - HEADER_BYTES);
    }

    /** Whether options fill so many bytes. */
    public static boolean checkOptions(ByteBuffer bytes, int at, int length) {
        int end = at + length;
        int option = at;
        while (option < end) {
            if (end - option < OPTION_BYTES
                    || end - option - OPTION_BYTES < length(bytes, option)) {
                return false;
            }
            option = next(bytes, option);
        }
        return option == end;
    }

    public static int type(ByteBuffer bytes, int at) {
        return bytes.get(at) & 0xff;
    }

    /** 24 bits. */
    public static int transaction(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xff_ffff;
    }

    /**
     * The first option of a code.
     *
     * @param from where options begin that {@link #checkOptions} has seen
     * @param end where they end
     * @return -1 if there is none
     */
    public static int option(ByteBuffer bytes, int from, int end, int code) {
        for (int option = from; option < end; option = next(bytes, option)) {
            if (code(bytes, option) == code) {
                return option;
            }
        }
        return -1;
    }

    /** Where the next option begins. */
    public static int next(ByteBuffer bytes, int option) {
        return option + OPTION_BYTES + length(bytes, option);
    }

    public static int code(ByteBuffer bytes, int option) {
        return bytes.getShort(option) & 0xffff;
    }

    /** Bytes of an option's contents. */
    public static int length(ByteBuffer bytes, int option) {
        return bytes.getShort(option + 2) & 0xffff;
    }

    /** Where an option's contents begin. */
    public static int contents(int option) {
        return option + OPTION_BYTES;
    }

    public static void writeHeader(ByteBuffer bytes, int at, int type, int transaction) {
        bytes.putInt(at, type << 24 | transaction & 0xff_ffff);
    }

    /**
     * Writes an option's code and length.
     *
     * @return where its contents go
     */
    public static int writeOption(ByteBuffer bytes, int at, int code, int length) {
        bytes.putShort(at, (short) code);
        bytes.putShort(at + 2, (short) length);
        return at + OPTION_BYTES;
    }
}
