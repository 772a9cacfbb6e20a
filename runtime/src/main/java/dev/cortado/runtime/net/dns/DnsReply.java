package dev.cortado.runtime.net.dns;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.wire.DnsMessage;
import dev.cortado.runtime.net.wire.DnsRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a server's message says about a name. Only records that begin at the name which was asked
 * for count, and those that its aliases lead to: a server has nothing to say of others here.
 */
final class DnsReply {
    /** Most aliases in a row, most records that are read, and most addresses that are taken. */
    static final int ALIASES = 16;

    static final int RECORDS = 512;
    static final int ADDRESSES = 64;

    private final ByteBuffer bytes;
    private final int length;
    private final int type;
    private final DnsRecord record = new DnsRecord();

    /** The name at the end of the aliases. */
    private String name;

    private long seconds = DnsCache.MAXIMUM_SECONDS;
    private final Set<IpAddress> addresses = new LinkedHashSet<>();

    private DnsReply(ByteBuffer bytes, int length, String name, int type) {
        this.bytes = bytes;
        this.length = length;
        this.name = name;
        this.type = type;
    }

    /**
     * Reads a message that {@link DnsMessage#check} and {@link DnsMessage#question} have seen.
     *
     * @param bytes the message, from its first byte
     * @param offset behind the question
     * @return null if a record does not end within the message, or aliases go in a circle
     */
    static DnsReply read(ByteBuffer bytes, int length, int offset, String name, int type) {
        DnsReply reply = new DnsReply(bytes, length, name, type);
        return reply.read(offset) ? reply : null;
    }

    private boolean read(int offset) {
        int answers = Math.min(DnsMessage.answers(bytes, 0), RECORDS);
        List<String> seen = new ArrayList<>();
        seen.add(name);
        int end;
        boolean isAlias = true;
        do {
            // Usually aliases are in their order, and this is done twice.
            isAlias = false;
            end = offset;
            for (int i = 0; i < answers; i++) {
                end = record.read(bytes, 0, length, end);
                if (end < 0) {
                    return false;
                }
                if (!name.equals(record.owner())) {
                    continue;
                }
                if (record.is(type)) {
                    address();
                } else if (record.is(DnsMessage.TYPE_CNAME) && addresses.isEmpty()) {
                    String target = record.name(bytes, 0);
                    if (target == null || seen.contains(target) || seen.size() > ALIASES) {
                        return false;
                    }
                    seen.add(target);
                    name = target;
                    isAlias = true;
                    seconds = Math.min(seconds, record.timeToLive());
                }
            }
        } while (isAlias);
        return !addresses.isEmpty() || authority(end);
    }

    private void address() {
        int data = record.data();
        boolean isIpv4 = type == DnsMessage.TYPE_A;
        if (record.dataLength() != (isIpv4 ? 4 : 16) || addresses.size() == ADDRESSES) {
            return;
        }
        IpAddress address =
                isIpv4
                        ? IpAddress.ofIpv4(bytes.getInt(data))
                        : new IpAddress(bytes.getLong(data), bytes.getLong(data + 8));
        if (isIpv4 || !Ipv6.isMapped(address.high(), address.low())) {
            addresses.add(address);
            seconds = Math.min(seconds, record.timeToLive());
        }
    }

    /** Without an address: how long that counts is in the authority's SOA (RFC 2308, 3). */
    private boolean authority(int offset) {
        int end = offset;
        long negative = 0;
        int count = Math.min(DnsMessage.authorities(bytes, 0), RECORDS);
        for (int i = 0; i < count; i++) {
            end = record.read(bytes, 0, length, end);
            if (end < 0) {
                return false;
            }
            if (record.is(DnsMessage.TYPE_SOA) && isOver(record.owner())) {
                negative = record.negativeTimeToLive(bytes, 0);
            }
        }
        seconds = Math.min(seconds, negative);
        return true;
    }

    private boolean isOver(String zone) {
        return zone != null && (zone.isEmpty() || name.equals(zone) || name.endsWith("." + zone));
    }

    /** The name at the end of the aliases; the one that was asked for if there are none. */
    String name() {
        return name;
    }

    List<IpAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** How long it counts. */
    long seconds() {
        return seconds;
    }
}
