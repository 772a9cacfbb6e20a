package dev.cortado.runtime.net.icmp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.buffer.PacketInfo;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.ip.PacketError;
import dev.cortado.runtime.net.ip.Transport;

/** Errors about packets of ours, on their way to whoever has sent these. */
final class QuotedPackets {
    private final IpLayer ip;
    private final DropCounters drops;

    QuotedPackets(IpLayer ip, DropCounters drops) {
        this.ip = ip;
        this.drops = drops;
    }

    /**
     * Tells a transport of an error. A path's MTU is lowered only if it has sent what is quoted:
     * else anybody could make the path to anybody small (RFC 5927, 7).
     *
     * @param quoted starts at the transport's header, its addresses those of the quoted packet; is
     *     released
     * @param mtu of the next link, for {@link PacketError#TOO_BIG}
     * @param packetBytes length of the quoted packet
     */
    void tell(
            Transport transport,
            PacketError error,
            PacketBuffer quoted,
            int mtu,
            int packetBytes,
            long now) {
        int believed = 0;
        if (error == PacketError.TOO_BIG) {
            PacketInfo info = quoted.info();
            if (transport.hasSent(quoted)) {
                believed =
                        ip.lowerPathMtu(
                                info.destinationHigh, info.destinationLow, mtu, packetBytes, now);
            }
            if (believed == 0) {
                drops.drop(quoted, DropReason.ICMP_IGNORED);
                return;
            }
        }
        transport.error(error, quoted, believed, now);
        quoted.release();
    }
}
