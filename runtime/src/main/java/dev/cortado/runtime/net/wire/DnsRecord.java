package dev.cortado.runtime.net.wire;

import java.nio.ByteBuffer;

/** A resource record (RFC 1035, 4.1.3). One object reads one after the other. */
public final class DnsRecord {
    private String owner;
    private int type;
    private int recordClass;
    private long timeToLive;
    private int data;
    private int dataLength;

    /**
     * Reads the record at an offset from the message's begin.
     *
     * @return the offset behind it, or -1 if it does not end within the message
     */
    public int read(ByteBuffer bytes, int message, int length, int offset) {
        StringBuilder text = new StringBuilder();
        int end = DnsName.read(bytes, message, length, offset, text);
        if (end < 0) {
            // Perhaps the name of something that is no host.
            end = DnsName.skip(bytes, message, length, offset);
            text = null;
        }
        if (end < 0 || end + 10 > length) {
            return -1;
        }
        owner = text == null ? null : text.toString();
        type = bytes.getShort(message + end) & 0xffff;
        recordClass = bytes.getShort(message + end + 2) & 0xffff;
        long seconds = bytes.getInt(message + end + 4);
        // RFC 2181, 8: with the highest bit set it counts as 0.
        timeToLive = Math.max(0, seconds);
        dataLength = bytes.getShort(message + end + 8) & 0xffff;
        data = end + 10;
        return data + dataLength > length ? -1 : data + dataLength;
    }

    /** Canonical; null if it is no name of a host. */
    public String owner() {
        return owner;
    }

    /** Whether it is of the Internet's class and that type. */
    public boolean is(int wantedType) {
        return type == wantedType && recordClass == DnsMessage.CLASS_INTERNET;
    }

    /** In seconds. */
    public long timeToLive() {
        return timeToLive;
    }

    /** Offset of the data from the message's begin. */
    public int data() {
        return data;
    }

    public int dataLength() {
        return dataLength;
    }

    /** The name that the data is, of a CNAME; null if it is none. */
    public String name(ByteBuffer bytes, int message) {
        StringBuilder text = new StringBuilder();
        int end = DnsName.read(bytes, message, data + dataLength, data, text);
        return end == data + dataLength ? text.toString() : null;
    }

    /**
     * How long it counts that there is no such name or type (RFC 2308, 5): the record's own time or
     * the SOA's last field, whichever is less.
     */
    public long negativeTimeToLive(ByteBuffer bytes, int message) {
        if (dataLength < 22) {
            return 0;
        }
        long minimum = bytes.getInt(message + data + dataLength - 4);
        return Math.min(timeToLive, Math.max(0, minimum));
    }
}
